import { expect } from '@jest/globals';
import { parseJson } from '@sluice/engine';
import { encodeVertex, minimalBlock } from '@sluice/hathor/codec';
import { HathorMiningChain, type BlockTemplate } from '@sluice/hathor';
import { TestClient } from '@sluice/testing';
import { HATHOR_SOURCE, type HathorSource } from '../../src/hathor/hathor-source.js';
import type { FuzzSample } from './fuzz-sample.js';
import type { FuzzTarget } from './fuzz-target.js';

type Message = Readonly<Record<string, unknown>>;

const WALLET_TYPES =
  /^(capabilities|pong|error|(un)?subscribe_address|dashboard:metrics|network:new_tx_accepted|wallet:[a-z_]+|stream:history:(begin|address|vertex|end|error))$/;
const EVENT_REFUSALS =
  /^(VALIDATION_ERROR|STREAM_IS_(IN)?ACTIVE|ACK_TOO_(SMALL|LARGE)|EVENT_WS_NOT_RUNNING)$/;

/** The wallet socket (contract 1). */
export const hathorWallet: FuzzTarget = {
  name: 'hathor wallet',
  dialect: 'hathor',
  url: ({ urls }) => urls.ws ?? '',
  examples(sample) {
    const { wallet } = chainOf(sample);
    const [address, other] = wallet.addresses;
    const stream = { id: 'a' };
    return [
      { type: 'ping' },
      { type: 'subscribe_address', address },
      { type: 'subscribe_address', address: other },
      { type: 'unsubscribe_address', address },
      { type: 'request:history:xpub', ...stream, xpub: wallet.xpub, 'gap-limit': 3 },
      {
        type: 'request:history:xpub',
        ...stream,
        xpub: wallet.xpub,
        'first-index': 2,
        'window-size': 2,
      },
      {
        type: 'request:history:manual',
        ...stream,
        first: true,
        last: false,
        addresses: [
          [0, address],
          [1, other],
        ],
        'window-size': 5,
      },
      { type: 'request:history:manual', ...stream, last: true, addresses: [[2, address]] },
      { type: 'request:history:ack', ...stream, ack: 2, window: 3 },
      { type: 'request:history:ack', ...stream, ack: 0 },
      { type: 'request:history:stop', ...stream },
    ];
  },
  check(text) {
    expect((parseJson(text) as Message).type).toMatch(WALLET_TYPES);
  },
  async witness(sample) {
    await using client = await TestClient.connect(this.url(sample));
    const address = chainOf(sample).wallet.addressAt(0);
    client.send({ type: 'subscribe_address', address });
    await client.untilJson<Message>(
      ({ type, success }) => type === 'subscribe_address' && success === true,
    );
    client.send({ type: 'ping' });
    await client.untilJson<Message>(({ type }) => type === 'pong');
  },
};

/** The event socket (contract 2). */
export const hathorEvents: FuzzTarget = {
  name: 'hathor events',
  dialect: 'hathor',
  url: ({ urls }) => urls.event_ws ?? '',
  examples: () => [
    { type: 'START_STREAM', window_size: 3 },
    { type: 'START_STREAM', last_ack_event_id: 1, window_size: 5 },
    { type: 'START_STREAM', last_ack_event_id: null, window_size: 0 },
    { type: 'ACK', ack_event_id: 0, window_size: 3 },
    { type: 'ACK', ack_event_id: 2, window_size: 1 },
    { type: 'ACK', ack_event_id: 4, window_size: 1000 },
    { type: 'STOP_STREAM' },
  ],
  check(text) {
    const message = parseJson(text) as Message;
    if (message.type === 'EVENT') {
      expect(message.event).toMatchObject({ id: expect.any(Number), type: expect.any(String) });
    } else {
      expect(message.type).toMatch(EVENT_REFUSALS);
    }
  },
  async witness(sample) {
    await using client = await TestClient.connect(this.url(sample));
    client.send({ type: 'START_STREAM', window_size: 3 });
    expect(await client.takeJson(3)).toMatchObject([0, 1, 2].map((id) => ({ event: { id } })));
    client.send({ type: 'ACK', ack_event_id: 2, window_size: 0 });
    client.send({ type: 'STOP_STREAM' });
    await client.expectSilence();
  },
};

/** The mining socket (contract 3). */
export const hathorMining: FuzzTarget = {
  name: 'hathor mining',
  dialect: 'hathor',
  url: ({ urls }) => urls.mining_ws ?? '',
  examples(sample) {
    const [template] = sample.get(HathorMiningChain).templates() as readonly BlockTemplate[];
    if (template === undefined) throw new Error('The chain has no template');
    const hexdata = Buffer.from(
      encodeVertex({ ...minimalBlock(template), version: 0, nonce: 7n }),
    ).toString('hex');
    return [
      { id: 1, method: 'mining.refresh', params: [] },
      { id: 2, method: 'mining.refresh' },
      { id: 3, method: 'mining.submit', params: [hexdata] },
      { id: 'a', method: 'mining_submit', params: { hexdata, optimistic: true } },
      { jsonrpc: '2.0', method: 'mining.submit', params: { hexdata } },
      [
        { id: 4, method: 'mining.refresh' },
        { id: 5, method: 'mining.submit', params: [hexdata, false] },
      ],
    ];
  },
  check(text) {
    const message = parseJson(text) as Message;
    expect(Object.keys(message)).toContain('id');
    if ('method' in message) expect(message.method).toBe('mining.notify');
    else expect([message.error, message.result]).toContain(null);
  },
  async witness(sample) {
    await using client = await TestClient.connect(this.url(sample));
    client.send({ id: 'witness', method: 'mining.refresh' });
    const answers = await client.untilJson<Message>(({ id }) => id === 'witness');
    expect(answers.at(-1)).toMatchObject({ error: null, result: [{ data: expect.any(String) }] });
  },
};

function chainOf(sample: FuzzSample) {
  const { running } = sample.get<HathorSource>(HATHOR_SOURCE as symbol);
  if (running === undefined) throw new Error('The chain does not run');
  return running.chain;
}
