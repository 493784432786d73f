import type { CommandForm } from '@sluice/inspector';

const historyOf = (type: string): CommandForm => ({
  title: type,
  message: { type, id: 'inspector', xpub: '', 'first-index': 0, 'gap-limit': 20, 'window-size': 5 },
});

/** Messages that the inspector's console offers, by gateway. Gateways that take no commands have none. */
export const SAMPLE_FORMS: Readonly<Record<string, readonly CommandForm[]>> = {
  EventGateway: [
    {
      title: 'Start the stream',
      message: { type: 'START_STREAM', window_size: 10, last_ack_event_id: null },
    },
    {
      title: 'Acknowledge',
      message: { type: 'ACK', ack_event_id: 9, window_size: 10 },
    },
    { title: 'Stop the stream', message: { type: 'STOP_STREAM' } },
  ],
  WalletGateway: [
    { title: 'Ping', message: { type: 'ping' } },
    { title: 'Subscribe to an address', message: { type: 'subscribe_address', address: '' } },
    { title: 'Unsubscribe', message: { type: 'unsubscribe_address', address: '' } },
    historyOf('request:history:xpub'),
  ],
  MiningGateway: [
    { title: 'New templates', message: { jsonrpc: '2.0', id: 1, method: 'mining.refresh' } },
    {
      title: 'Submit a block',
      message: { jsonrpc: '2.0', id: 2, method: 'mining.submit', params: { hexdata: '' } },
    },
  ],
  NanoGateway: [
    {
      title: 'Subscribe to confirmations',
      message: { action: 'subscribe', topic: 'confirmation', ack: true, id: '1' },
    },
    {
      title: 'Confirmations of accounts',
      message: {
        action: 'subscribe',
        topic: 'confirmation',
        ack: true,
        options: { confirmation_type: 'active_quorum', accounts: [] },
      },
    },
    { title: 'Subscribe to votes', message: { action: 'subscribe', topic: 'vote', ack: true } },
    {
      title: 'Unsubscribe',
      message: { action: 'unsubscribe', topic: 'confirmation', ack: true },
    },
    { title: 'Ping', message: { action: 'ping', id: '1' } },
  ],
};
