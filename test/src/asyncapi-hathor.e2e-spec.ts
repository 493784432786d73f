/** The document of the sample: Hathor's three sockets against golden messages and live ones, and the other dialects. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AsyncApiDocument } from '@sluice/asyncapi';
import { parseJson } from '@sluice/engine';
import { ClientPool, type TestClient } from '@sluice/testing';
import { readFileSync } from 'node:fs';
import { Documented } from './support/documented.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

const EVENT_TYPES = [
  'FULL_NODE_CRASHED',
  'LOAD_FINISHED',
  'LOAD_STARTED',
  'NC_EVENT',
  'NEW_VERTEX_ACCEPTED',
  'REORG_FINISHED',
  'REORG_STARTED',
  'TOKEN_CREATED',
  'VERTEX_METADATA_CHANGED',
  'VERTEX_REMOVED',
];

const EVENT_ERRORS = [
  'ACK_TOO_LARGE',
  'ACK_TOO_SMALL',
  'EVENT_WS_NOT_RUNNING',
  'STREAM_IS_ACTIVE',
  'STREAM_IS_INACTIVE',
  'VALIDATION_ERROR',
];

const WALLET_MESSAGES = [
  'capabilities',
  'dashboard:metrics',
  'error',
  'network:new_tx_accepted',
  'pong',
  'stream:history:address',
  'stream:history:begin',
  'stream:history:end',
  'stream:history:error',
  'stream:history:vertex',
  'subscribe_address:result',
  'unsubscribe_address:result',
  'wallet:address_history',
  'wallet:balance_updated',
  'wallet:gap_limit',
  'wallet:history_updated',
  'wallet:keys_generated',
  'wallet:output_received',
  'wallet:output_spent',
];

/** Sent only by nodes with a wallet of their own, which the sample is not. */
const OWN_WALLET = WALLET_MESSAGES.filter(
  (name) => name.startsWith('wallet:') && name !== 'wallet:address_history',
);

const samples = new SamplePool();
const clients = new ClientPool();
let sample: SampleProcess;
let documented: Documented;

beforeAll(async () => {
  sample = await samples.start();
  const response = await fetch(new URL('/asyncapi.json', sample.urls.http));
  documented = new Documented((await response.json()) as AsyncApiDocument);
});
afterAll(async () => {
  await clients.closeAll();
  await samples.endAll();
});

it('is valid AsyncAPI, of all five dialects', async () => {
  expect(await documented.complaints()).toEqual([]);
  const { channels } = documented.document;
  expect(
    Object.values(channels)
      .map(({ address }) => address)
      .sort(),
  ).toEqual(
    [
      ...[
        '/v1a/ws',
        '/ws',
        '/v1a/event_ws',
        '/event_ws',
        '/v1a/mining_ws',
        '/v1a/mining',
        '/mining',
      ],
      ...['/', '/'],
      '/api/v1/streams/valid_transactions',
      '/ws/blocks',
    ].sort(),
  );
});

it('says where every endpoint is', () => {
  const { servers, channels } = documented.document;
  const hosts = Object.values(channels).map(({ servers: [reference] }) => {
    const key = reference?.$ref.replace('#/servers/', '') ?? '';
    return servers[key]?.host;
  });
  expect(new Set(hosts).size).toBe(5);
  expect(hosts).toContain(new URL(sample.urls.http).host);
});

describe('Hathor', () => {
  it('has every message of the wallet socket', () => {
    expect(documented.messages('send', 'hathorWallet')).toEqual(WALLET_MESSAGES);
    expect(documented.messages('receive', 'hathorWallet')).toEqual([
      'ping',
      'request:history:ack',
      'request:history:manual',
      'request:history:stop',
      'request:history:xpub',
      'subscribe_address',
      'unsubscribe_address',
    ]);
  });

  it('has every message of the event socket', () => {
    expect(documented.messages('send', 'hathorEvents')).toEqual(
      [...EVENT_TYPES, ...EVENT_ERRORS].sort(),
    );
    expect(documented.messages('receive', 'hathorEvents')).toEqual([
      'ACK',
      'START_STREAM',
      'STOP_STREAM',
    ]);
  });

  it('has every message of the mining socket', () => {
    expect(documented.messages('send', 'hathorMining')).toEqual([
      'error:-32600',
      'error:-32601',
      'error:-32602',
      'error:-32603',
      'error:-32700',
      'mining.notify',
      'submitted',
      'templates',
    ]);
    expect(documented.messages('receive', 'hathorMining')).toEqual([
      'batch',
      'mining.refresh',
      'mining.submit',
    ]);
  });

  it('has an example of every message, which fits it and no other of its direction', () => {
    const hathor = documented.examples.filter(([gateway]) => gateway.startsWith('hathor'));
    for (const gateway of ['hathorWallet', 'hathorEvents', 'hathorMining']) {
      const named = hathor.filter(([owner]) => owner === gateway).map(([, name]) => name);
      const all = [
        ...documented.messages('send', gateway),
        ...documented.messages('receive', gateway),
      ];
      expect([gateway, [...new Set(named)].sort()]).toEqual([gateway, all.sort()]);
    }
    for (const [gateway, name, payload] of hathor) {
      const isSent = documented.messages('send', gateway).includes(name);
      const kinds = documented.kindsOf(isSent ? 'send' : 'receive', gateway, payload);
      expect([name, kinds]).toEqual([name, [name]]);
    }
  });

  it.each(['SINGLE_CHAIN_ONE_BLOCK', 'SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS'])(
    'knows every message of the recording %s',
    (name) => {
      const file = new URL(`../vectors/hathor-events/${name}.json`, import.meta.url);
      const { frames } = JSON.parse(readFileSync(file, 'utf8')) as {
        frames: readonly { event: { type: string } }[];
      };
      expect(frames.length).toBeGreaterThan(9);
      for (const frame of frames) {
        expect(documented.kindsOf('send', 'hathorEvents', frame)).toEqual([frame.event.type]);
      }
    },
  );
});

describe('Hathor, live', () => {
  /** Which kinds the messages were; each must be exactly one. */
  function kindsOf(gateway: string, texts: readonly string[]): readonly string[] {
    const kinds = texts.map((text) => {
      const found = documented.kindsOf('send', gateway, parseJson(text));
      if (found.length !== 1) throw new Error(`${text} is ${found.join(', ') || 'no message'}`);
      return found[0] ?? '';
    });
    return [...new Set(kinds)].sort();
  }

  /** Everything up to the answer to a last request. */
  async function through(client: TestClient, last: string, answer: RegExp): Promise<string[]> {
    client.send(last);
    return client.until((text) => answer.test(text));
  }

  it('sends nothing but documented messages while the chain lives', async () => {
    const { ws = '', event_ws, mining_ws = '' } = sample.urls;
    const [wallet, miner, events] = await Promise.all(
      [ws, mining_ws, event_ws].map((url) => clients.connect(url)),
    );
    if (wallet === undefined || miner === undefined || events === undefined) throw new Error();
    events.send({ type: 'STOP_STREAM' });
    events.send({ type: 'START_STREAM', window_size: 1000 });
    events.send({ type: 'START_STREAM', window_size: 1000 });
    events.send({ type: 'ACK', ack_event_id: 1_000_000, window_size: 1000 });
    wallet.send('no json');
    wallet.send({ type: 'subscribe_address', address: 'abc' });
    wallet.send({ type: 'request:history:ack', id: 'x', ack: 1 });
    await sample.control('mine', { blocks: 12 });
    const begun = await wallet.until((text) => text.includes('"network:new_tx_accepted"'));
    const address = /"address":"([^"]+)"/.exec(begun.at(-1) ?? '')?.[1] ?? '';
    wallet.send({ type: 'subscribe_address', address });
    const addresses = [[0, address]];
    await sample.control('transfer');
    await sample.control('token', { name: 'Any', symbol: 'ANY' });
    await sample.control('double-spend');
    await sample.control('reorg', { depth: 2 });
    for (let step = 0; step < 20; step++) await sample.control('step');
    wallet.send({ type: 'request:history:manual', id: 's', first: true, last: true, addresses });
    miner.send({ id: 1, method: 'mining.refresh' });
    miner.send({ id: 2, method: 'mining.submit', params: [] });
    miner.send({ id: 3, method: 'no.method' });

    const ended = await wallet.until((text) => text.includes('"stream:history:end"'));
    await wallet.until((text) => text.includes('"dashboard:metrics"'));
    wallet.send({ type: 'unsubscribe_address', address });
    const rest = await through(wallet, '{"type":"ping"}', /"pong"/);
    expect(kindsOf('hathorWallet', [...begun, ...ended, ...rest])).toEqual(
      expect.arrayContaining(
        WALLET_MESSAGES.filter((name) => ![...OWN_WALLET, 'dashboard:metrics'].includes(name)),
      ),
    );
    const mined = await through(miner, 'no json', /-32700/);
    expect(kindsOf('hathorMining', mined)).toEqual(
      expect.arrayContaining([
        'error:-32601',
        'error:-32602',
        'error:-32700',
        'mining.notify',
        'templates',
      ]),
    );
    const { latest_event_id: latest } = await sample.status();
    const streamed = await events.until((text) => text.includes(`"id":${latest},`));
    expect(kindsOf('hathorEvents', streamed)).toEqual(
      expect.arrayContaining([
        'ACK_TOO_LARGE',
        'LOAD_FINISHED',
        'NEW_VERTEX_ACCEPTED',
        'REORG_FINISHED',
        'REORG_STARTED',
        'STREAM_IS_ACTIVE',
        'STREAM_IS_INACTIVE',
        'TOKEN_CREATED',
        'VERTEX_METADATA_CHANGED',
      ]),
    );
  });
});

it('is served as YAML, too, and as a page', async () => {
  const yaml = await fetch(new URL('/asyncapi.yaml', sample.urls.http));
  expect(await yaml.text()).toMatch(/^asyncapi: 3\.0\.0\n/);
  const page = await fetch(new URL('/asyncapi', sample.urls.http));
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain('wallet:address_history');
});
