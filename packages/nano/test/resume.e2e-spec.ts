/** What no node has (PROTOCOL.md, "Extensions"): confirmations that are resumed from the log, and windows. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { engineMetrics, memoryLog, type MetricsRegistry } from '@sluice/engine';
import { METRICS } from '@sluice/nestjs';
import { RawClient, type TestClient } from '@sluice/testing';
import type { BlockConfirmed, NanoExtensions } from '../src/index.js';
import { RECEIVE, SEND, SENDER } from './support/golden-events.js';
import { NanoApp, receivedBy, settled } from './support/nano-app.js';

interface Sent {
  readonly cursor?: string;
  readonly message: { readonly hash: string; readonly account: string };
}
interface Ack {
  readonly ack: string;
  readonly cursor?: string;
  readonly gap?: string;
}

let app: NanoApp;
const start = async (extensions: Partial<NanoExtensions> = {}) => {
  app = await NanoApp.start({
    nano: { extensions: { resume: true, ...extensions } },
    sluice: { log: memoryLog() },
  });
};
afterEach(() => app.stop());

/** A hash that tells its number. */
const hashOf = (n: number) => n.toString(16).toUpperCase().padStart(64, '0');
const numbers = (sent: readonly Sent[]) => sent.map(({ message }) => parseInt(message.hash, 16));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

async function confirm(...which: readonly number[]): Promise<void> {
  for (const n of which) {
    const event: BlockConfirmed = n % 2 === 0 ? SEND : RECEIVE;
    await app.bus.publish('block.confirmed', { ...event, hash: hashOf(n) });
  }
}

async function resumed(options: object): Promise<{ client: TestClient; ack: Ack }> {
  const client = await app.connect();
  client.send({ action: 'subscribe', topic: 'confirmation', ack: true, options });
  return { client, ack: await client.nextJson<Ack>() };
}

const acked = (cursor: string | undefined) => ({
  action: 'update',
  topic: 'confirmation',
  options: { acked: cursor },
});

describe('a subscription with since', () => {
  beforeEach(() => start());

  it('begins now if it is empty, and tells the position of each confirmation', async () => {
    await confirm(0, 1);
    const { client, ack } = await resumed({ since: '' });
    await confirm(2, 3);
    const sent = await client.takeJson<Sent>(2);
    expect(numbers(sent)).toEqual([2, 3]);
    expect(Object.keys(sent[0] ?? {})).toEqual(['topic', 'time', 'cursor', 'message']);
    expect(ack).toEqual({ ack: 'subscribe', time: expect.any(String), cursor: ack.cursor });
    const again = await resumed({ since: ack.cursor });
    expect(numbers(await again.client.takeJson<Sent>(2))).toEqual([2, 3]);
    await client.expectSilence();
  });

  it('goes on where a connection ended, without a gap and without repetition', async () => {
    const first = await resumed({ since: 'now' });
    await confirm(...range(0, 5));
    const seen = (await first.client.takeJson<Sent>(5))[2];
    first.client.terminate();
    await confirm(...range(5, 300));
    const { client, ack } = await resumed({ since: seen?.cursor });
    expect(ack).toMatchObject({ ack: 'subscribe', cursor: seen?.cursor });
    expect(ack).not.toHaveProperty('gap');
    await confirm(...range(300, 310));
    expect(numbers(await client.takeJson<Sent>(307))).toEqual(range(3, 310));
    await client.expectSilence();
  });

  it('begins with the earliest that is kept', async () => {
    await confirm(...range(0, 3));
    const { client } = await resumed({ since: 'earliest' });
    await confirm(3);
    expect(numbers(await client.takeJson<Sent>(4))).toEqual([0, 1, 2, 3]);
  });

  it.each(['nonsense', '5.another-epoch', '999999.', '-1.x'])(
    'tells of a gap and begins with the earliest for a cursor %j that is none',
    async (since) => {
      await confirm(0, 1);
      const { client, ack } = await resumed({ since });
      expect(ack.gap).toBe('true');
      expect(numbers(await client.takeJson<Sent>(2))).toEqual([0, 1]);
    },
  );

  it('has its filter and form for what is stored, too', async () => {
    await confirm(...range(0, 6));
    const accounts = [SENDER];
    const options = { since: 'earliest', accounts, include_block: true };
    const { client } = await resumed({ ...options, include_sideband_info: 1 });
    expect(numbers(await client.takeJson<Sent>(3))).toEqual([0, 2, 4]);
    await confirm(6, 7, 8);
    const [live] = await client.takeJson<Sent>(2);
    const { client: other } = await resumed({ ...options, include_sideband_info: 1 });
    const stored = await other.takeJson<Sent>(5);
    expect(stored[3]).toEqual({ ...live, time: expect.any(String) });
    await client.expectSilence();
  });

  it('ends with another subscription in its place', async () => {
    await confirm(...range(0, 200));
    const { client } = await resumed({ since: 'earliest' });
    client.send({ action: 'subscribe', topic: 'confirmation' });
    await receivedBy(client);
    await confirm(200);
    expect(await client.nextJson()).not.toHaveProperty('cursor');
    await client.expectSilence();
    expect(app.count('confirmation')).toBe(1);
  });

  it('ends with its unsubscription', async () => {
    await confirm(...range(0, 200));
    const { client } = await resumed({ since: 'earliest', window: 3 });
    await client.take(3);
    client.send({ action: 'unsubscribe', topic: 'confirmation' });
    client.send(acked('1'));
    await confirm(200);
    await settled(client);
    expect(app.count('confirmation')).toBe(0);
  });

  it('catches up while others publish, and meets every confirmation once', async () => {
    await confirm(...range(0, 150));
    const clients = await Promise.all([0, 70, 140].map(() => resumed({ since: 'earliest' })));
    await confirm(...range(150, 400));
    for (const { client } of clients) {
      expect(numbers(await client.takeJson<Sent>(400))).toEqual(range(0, 400));
      await client.expectSilence();
    }
  });
});

describe('a window', () => {
  beforeEach(() => start());

  it('holds a client until it acknowledges, and cuts nobody', async () => {
    const { client } = await resumed({ window: '3' });
    await confirm(...range(0, 10));
    const first = await client.takeJson<Sent>(3);
    expect(numbers(first)).toEqual([0, 1, 2]);
    await settled(client);
    client.send(acked(first[0]?.cursor));
    expect(numbers(await client.takeJson<Sent>(1))).toEqual([3]);
    await settled(client);
    client.send({ ...acked(first[2]?.cursor), ack: true });
    const next = await client.untilJson<Sent & Ack>(({ message }) => message?.hash === hashOf(5));
    expect(next[0]).toMatchObject({ ack: 'update' });
    expect(numbers(next.slice(1))).toEqual([4, 5]);
    await settled(client);
  });

  it('is in the metrics: what its client waits for, how far it is behind, what is not acknowledged', async () => {
    const metrics = app.app.get<MetricsRegistry>(METRICS);
    const labels = { topic: 'confirmation' };
    const waiting = (state: string) =>
      metrics.total(engineMetrics.streamReaders, { ...labels, state });
    const lag = () => metrics.family(engineMetrics.streamLag).samples[0]?.buckets?.sum;
    const { client } = await resumed({ window: 3 });
    await confirm(...range(0, 3));
    const [, , third] = await client.takeJson<Sent>(3);
    expect([waiting('live'), waiting('acknowledgement'), lag()]).toEqual([1, 0, 0]);
    await confirm(...range(3, 10));
    expect([waiting('live'), waiting('acknowledgement'), lag()]).toEqual([0, 1, 7]);
    expect(metrics.total(engineMetrics.unacknowledgedEvents, labels)).toBe(3);
    client.send(acked(third?.cursor));
    await client.take(3);
    expect([waiting('acknowledgement'), lag()]).toEqual([1, 4]);
    client.send({ action: 'unsubscribe', topic: 'confirmation', ack: true });
    await client.next();
    expect(metrics.family(engineMetrics.streamReaders).samples).toEqual([]);
  });

  it('ignores cursors that are none, and acknowledgements of old', async () => {
    const { client } = await resumed({ window: 2 });
    await confirm(...range(0, 6));
    const [first, second] = await client.takeJson<Sent>(2);
    for (const cursor of ['nonsense', '99.x', '']) client.send(acked(cursor));
    await settled(client);
    client.send(acked(second?.cursor));
    expect(numbers(await client.takeJson<Sent>(2))).toEqual([2, 3]);
    client.send(acked(first?.cursor));
    await settled(client);
  });

  it('means nothing on a subscription without one', async () => {
    const { client, ack } = await resumed({ since: '' });
    client.send({ ...acked(ack.cursor), ack: true });
    expect(await client.nextJson()).toMatchObject({ ack: 'update' });
  });
});

describe('a client that does not read', () => {
  beforeEach(() => start());

  it('is held and not cut, and gets everything when it reads again', async () => {
    const raw = await RawClient.connect(app.url);
    raw.sendText('{"action":"subscribe","topic":"confirmation","ack":true,"options":{"since":""}}');
    await raw.nextFrame();
    raw.stall();
    const many = 20_000;
    for (let n = 0; n < many; n++) {
      void app.bus.publish('block.confirmed', { ...SEND, hash: hashOf(n) });
      if (n % 500 === 0) await new Promise(setImmediate);
    }
    await app.bus.publish('block.confirmed', { ...SEND, hash: hashOf(many) });
    expect(app.count('confirmation')).toBe(1);
    raw.resume();
    for (let n = 0; n <= many; n++) {
      const sent = await raw.nextFrame();
      if (sent.kind !== 'text' || !sent.text.includes(hashOf(n)))
        throw new Error(`${n} is missing`);
    }
    raw.reset();
  });
});

describe('a log that forgets', () => {
  beforeEach(() => start({ retention: { events: 3 } }));

  it('tells of a gap to whom it cannot bring everything', async () => {
    const { ack } = await resumed({ since: '' });
    await confirm(...range(0, 10));
    const { client, ack: late } = await resumed({ since: ack.cursor });
    expect(late.gap).toBe('true');
    expect(numbers(await client.takeJson<Sent>(3))).toEqual([7, 8, 9]);
  });

  it('disconnects a client whose next confirmation is gone', async () => {
    const { client } = await resumed({ window: 1 });
    await confirm(...range(0, 10));
    const sent = await client.nextJson<Sent>();
    client.send(acked(sent.cursor));
    expect(await client.closed()).toMatchObject({ code: 1013, reason: 'no longer stored' });
  });
});

describe('a server that starts again', () => {
  it('goes on with the log of its last run', async () => {
    const log = memoryLog();
    const run = () =>
      NanoApp.start({
        nano: { extensions: { resume: true } },
        // The process ends, what is stored stays.
        sluice: {
          log: { open: (...stream) => log.open(...stream), close: () => Promise.resolve() },
        },
      });
    app = await run();
    const { ack } = await resumed({ since: '' });
    await confirm(...range(0, 4));
    await app.stop();
    app = await run();
    await confirm(4);
    const { client, ack: again } = await resumed({ since: ack.cursor });
    await confirm(5);
    expect(again).not.toHaveProperty('gap');
    expect(numbers(await client.takeJson<Sent>(6))).toEqual(range(0, 6));
    await client.expectSilence();
  });
});

it('needs a log', async () => {
  await start();
  const nano = { extensions: { resume: true } };
  await expect(NanoApp.start({ nano })).rejects.toMatchObject({ code: 'STATE' });
});

it('needs to be where confirmations are stored', async () => {
  await start();
  const nano = { extensions: { resume: true } };
  const sluice = { log: memoryLog(), role: 'gateway' as const };
  await expect(NanoApp.start({ nano, sluice })).rejects.toMatchObject({ code: 'INVALID' });
});
