/** Contract 1.4: what every connection is told. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import { ManualClock } from '@sluice/engine/testing';
import type { VertexData } from '../src/index.js';
import { throttledMember } from '../src/wallet-socket/throttled-member.flow.js';
import { accept, change, WalletApp } from './support/wallet-app.js';
import { addressAt } from './support/wallet-keys.js';
import { idOf } from './support/vertex-data.js';

interface Message {
  readonly type: string;
  readonly tx_id?: string;
  readonly throttled?: boolean;
}

let app: WalletApp;
let client: TestClient;

beforeEach(async () => {
  app = await WalletApp.start();
  client = await app.client();
});

afterEach(() => app.stop());

const OUTPUT = {
  timestamp: 1,
  tx_id: idOf('a'),
  index: 0,
  value: 5400n,
  address: addressAt(0),
  token_data: 0,
  voided: false,
  timelock: null,
};
const SPENDING = {
  timestamp: 1,
  tx_id: idOf('b'),
  from_tx_id: idOf('a'),
  from_index: 0,
  value: 2 ** 40,
  voided: false,
};

describe('dashboard:metrics', () => {
  it('hathor §7.14: has exactly its seven keys', async () => {
    app.clock.advance(1000);
    expect(await client.nextJson()).toEqual({
      type: 'dashboard:metrics',
      transactions: 2,
      blocks: 8,
      best_block_height: 7,
      hash_rate: 0.25,
      peers: 3,
      time: app.clock.now() / 1000,
    });
  });

  it('comes every second after the start, whenever a connection came', async () => {
    app.clock.advance(700);
    const late = await app.client();
    app.clock.advance(299);
    await late.expectSilence();
    app.clock.advance(1);
    const first = await late.nextJson<{ time: number }>();
    app.clock.advance(1000);
    const second = await late.nextJson<{ time: number }>();
    expect(second.time - first.time).toBe(1);
    expect(await client.takeJson(2)).toEqual([first, second]);
  });

  it.each([-3_600_000, 3_600_000])(
    'keeps its pace when the wall clock is set by %d ms',
    async (ms) => {
      app.clock.advance(1000);
      const before = await client.nextJson<{ time: number }>();
      app.clock.setWall(ms);
      app.clock.advance(999);
      await client.expectSilence();
      app.clock.advance(1);
      const { time } = await client.nextJson<{ time: number }>();
      expect(time - before.time).toBe(1 + ms / 1000);
      await client.expectSilence();
    },
  );

  it('leaves out the seconds in which the event loop stood still, and keeps its pace', async () => {
    app.clock.standStill(15_300);
    app.clock.turn();
    const late = await client.nextJson<{ time: number }>();
    app.clock.advance(699);
    await client.expectSilence();
    app.clock.advance(1);
    expect((await client.nextJson<{ time: number }>()).time - late.time).toBeCloseTo(0.7);
  });

  it('goes on after a question that the chain could not answer', async () => {
    const { figures } = app.chain;
    Object.defineProperty(app.chain, 'figures', {
      get: () => {
        throw new Error('no');
      },
      configurable: true,
    });
    app.clock.advance(1000);
    await client.expectSilence();
    Object.defineProperty(app.chain, 'figures', { value: figures });
    app.clock.advance(1000);
    expect(await client.nextJson()).toMatchObject({ type: 'dashboard:metrics' });
  });
});

describe('network:new_tx_accepted', () => {
  it('hathor §7.15: tells everybody of an accepted vertex, all members of the history vertex included', async () => {
    const { hash } = accept(app, { name: 'block', version: 0, outputs: [addressAt(0)] });
    expect(await client.nextJson()).toEqual({
      type: 'network:new_tx_accepted',
      is_block: true,
      throttled: false,
      tx_id: hash,
      version: 0,
      weight: 2.5,
      timestamp: 1_700_000_000,
      is_voided: false,
      inputs: [],
      outputs: [
        {
          value: 100,
          token_data: 0,
          script: expect.any(String),
          decoded: { type: 'P2PKH', address: addressAt(0), timelock: null },
          token: '00',
          spent_by: null,
        },
      ],
      parents: [idOf('parent 1'), idOf('parent 2')],
      first_block: null,
      height: 7,
    });
  });

  it('tells of voided vertices too, and writes large values with all their digits', async () => {
    accept(app, { name: 'a', outputs: [{ value: 2n ** 62n + 1n }], voidedBy: ['x'] });
    const text = await client.next();
    expect(text).toContain('"value":4611686018427387905,');
    expect(text).toContain('"decoded":{},"token":"00","spent_by":null');
    expect(JSON.parse(text)).toMatchObject({ is_voided: true, is_block: false, first_block: null });
  });

  it('lets 20 through at once, then 10 per second, the newest 20 waiting', async () => {
    for (let at = 0; at < 45; at++) accept(app, { name: `tx ${at}` });
    const name = ({ tx_id }: Message): number =>
      Array.from({ length: 45 }, (_, at) => idOf(`tx ${at}`)).indexOf(tx_id ?? '');
    const burst = await client.takeJson<Message>(20);
    expect(burst.map(name)).toEqual(Array.from({ length: 20 }, (_, at) => at));
    expect(burst.map(({ throttled }) => throttled)).not.toContain(true);
    await client.expectSilence();
    app.clock.advance(100);
    expect(await client.nextJson<Message>()).toMatchObject({
      tx_id: idOf('tx 25'),
      throttled: true,
    });
    app.clock.advance(1900);
    const rest = (await client.takeJson<Message>(20)).filter(
      ({ type }) => type !== 'dashboard:metrics',
    );
    app.clock.advance(200);
    while (rest.length < 19) rest.push(await client.nextJson<Message>());
    expect(rest.map(name)).toEqual(Array.from({ length: 19 }, (_, at) => 26 + at));
    expect(rest.map(({ throttled }) => throttled)).toEqual([
      ...Array.from({ length: 18 }, () => true),
      false,
    ]);
  });

  it('hathor §7.21: a limit of 2 in 2 s refuses a third hit at once, and after 3 s takes two more', () => {
    const clock = new ManualClock();
    const released: [unknown, number][] = [];
    const gate = throttledMember({ hits: 2, windowMs: 2000, queue: 1, retryMs: 10_000 }).create({
      clock,
      release: (message, time) => released.push([message, time]),
      dropped: () => undefined,
    });
    for (const hit of [1, 2, 3]) gate.offer({ hit }, hit);
    expect(released).toEqual([
      [{ hit: 1, throttled: false }, 1],
      [{ hit: 2, throttled: false }, 2],
    ]);
    gate.end();
    clock.advance(3000);
    for (const hit of [4, 5, 6]) gate.offer({ hit }, hit);
    expect(released.map(([message]) => message)).toEqual([
      { hit: 1, throttled: false },
      { hit: 2, throttled: false },
      { hit: 4, throttled: false },
      { hit: 5, throttled: false },
    ]);
  });
});

describe('messages of the own wallet', () => {
  it.each([
    [
      'hathor §7.16',
      'wallet.balance-updated',
      { balance: { locked: 10, available: 20 } },
      '{"balance":{"locked":10,"available":20},"throttled":false,"type":"wallet:balance_updated"}',
    ],
    ['hathor §7.17', 'wallet.gap-limit', { limit: 10 }, '{"limit":10,"type":"wallet:gap_limit"}'],
    [
      'hathor §7.18',
      'wallet.output-received',
      { total: 14, output: OUTPUT },
      `{"total":14,"output":{"timestamp":1,"tx_id":"${idOf('a')}","index":0,"value":5400,"address":"${addressAt(0)}","token_data":0,"voided":false,"timelock":null},"throttled":false,"type":"wallet:output_received"}`,
    ],
    [
      'hathor §7.19',
      'wallet.output-spent',
      { output_spent: SPENDING },
      `{"output_spent":{"timestamp":1,"tx_id":"${idOf('b')}","from_tx_id":"${idOf('a')}","from_index":0,"value":1099511627776,"voided":false},"throttled":false,"type":"wallet:output_spent"}`,
    ],
    ['without a limit', 'wallet.history-updated', {}, '{"type":"wallet:history_updated"}'],
    [
      'without a limit',
      'wallet.keys-generated',
      { keys_count: 10 },
      '{"keys_count":10,"type":"wallet:keys_generated"}',
    ],
  ] as const)('%s: `%s` on the bus is sent to everybody', async (_, type, data, text) => {
    void app.bus.publish(type, data);
    expect(await client.next()).toBe(text);
  });

  it.each([
    ['wallet.output-received', { total: 1, output: OUTPUT }, 10],
    ['wallet.output-spent', { output_spent: SPENDING }, 10],
    ['wallet.balance-updated', { balance: { locked: 1, available: 1 } }, 3],
  ] as const)('`%s` has a bucket of its own', async (type, data, hits) => {
    for (let hit = 0; hit <= hits; hit++) void app.bus.publish(type, data);
    const sent = await client.takeJson<Message>(hits);
    expect(sent.map(({ throttled }) => throttled)).not.toContain(true);
    await client.expectSilence();
    app.clock.advance(400);
    expect(await client.nextJson()).toMatchObject({ throttled: false });
  });

  it('hathor §7.20: events that are no business of wallets bring nothing', async () => {
    void app.bus.publish('reorg.finished', {});
    void app.bus.publish('node.crashed', {});
    void app.bus.publish('peer.connected' as never, {} as never);
    await client.expectSilence();
  });
});

describe('messages without a limit', () => {
  it('hathor §7.28: never carry `throttled`, also under load', async () => {
    client.send({ type: 'subscribe_address', address: addressAt(0) });
    await client.next();
    const accepted: VertexData[] = [];
    for (let at = 0; at < 30; at++) {
      accepted.push(accept(app, { name: `tx ${at}`, outputs: [addressAt(0)] }));
    }
    const messages = await client.takeJson<Message>(60 + 20);
    const histories = messages.filter(({ type }) => type === 'wallet:address_history');
    expect(histories).toHaveLength(2 * accepted.length);
    app.clock.advance(1000);
    const [metrics] = (
      await client.untilJson<Message>(({ type }) => type === 'dashboard:metrics')
    ).slice(-1);
    for (const message of [...histories, metrics]) expect(message).not.toHaveProperty('throttled');
  });

  it('tells nobody of a confirmation', async () => {
    client.send({ type: 'subscribe_address', address: addressAt(0) });
    await client.next();
    const { hash } = accept(app, { name: 'a', outputs: [addressAt(0)] });
    await client.takeJson(3);
    change(app, hash, { first_block: idOf('block') });
    app.clock.advance(500);
    await client.expectSilence();
  });
});
