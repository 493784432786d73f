import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { StartServer } from '../../server/measured-server.js';
import { accountPicker, STRANGER, type NanoParameters } from './nano-accounts.js';
import { BLOCK, HASH } from './nano-block.js';

interface SubscribeRequest {
  readonly action: 'subscribe';
  readonly options: { readonly accounts: readonly string[] };
}

/**
 * What one writes without a library, and what a node does: every subscription has the set of its accounts, and each event is
 * held against all of them. The message is built once.
 */
export const start: StartServer<NanoParameters> = async (parameters) => {
  const accountOf = accountPicker(parameters);
  const subscriptions = new Map<WebSocket, ReadonlySet<string>>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (client) => {
    client.on('close', () => subscriptions.delete(client));
    client.on('message', (text: Buffer) => {
      const { action, options } = JSON.parse(text.toString()) as SubscribeRequest;
      subscriptions.set(client, new Set(options.accounts));
      client.send(JSON.stringify({ ack: action, time: String(Date.now()) }));
    });
  });
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    publish({ sequence, at }) {
      const account = accountOf(sequence);
      let text: string | undefined;
      for (const [client, accounts] of subscriptions) {
        if (!accounts.has(account) && !accounts.has(STRANGER)) continue;
        text ??= confirmation(account, sequence, at);
        if (client.readyState === WebSocket.OPEN) client.send(text);
      }
    },
  };
};

function confirmation(account: string, sequence: number, at: number): string {
  return JSON.stringify({
    topic: 'confirmation',
    time: String(Date.now()),
    message: {
      account,
      amount: String(at),
      hash: HASH,
      confirmation_type: 'inactive',
      block: {
        type: 'state',
        account,
        balance: String(sequence),
        link_as_account: STRANGER,
        ...BLOCK,
        subtype: 'send',
      },
    },
  });
}
