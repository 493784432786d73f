/** `mining.notify`: what miners are sent, when, and in which order (contract 3.2 to 3.5). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { memoryLog } from '@sluice/engine';
import type { TestClient } from '@sluice/testing';
import { frame, RawClient } from '@sluice/testing';
import type { TemplateMessage } from '../src/index.js';
import { eventually } from './support/eventually.js';
import type { MiningAppOptions } from './support/mining-app.js';
import { MiningApp, NOW } from './support/mining-app.js';

interface Notification {
  readonly id: null;
  readonly method: string;
  readonly params: readonly [TemplateMessage];
}

const TIP = 'ab'.repeat(32);

let app: MiningApp;

afterEach(() => app.stop());

async function start(options?: MiningAppOptions): Promise<void> {
  app = await MiningApp.start(options);
}

/** Height and required parents of the next notification. */
async function notified(
  miner: TestClient,
): Promise<{ height: number; parents: readonly string[] }> {
  const { method, params } = await miner.nextJson<Notification>();
  expect(method).toBe('mining.notify');
  return { height: params[0].height, parents: params[0].parents };
}

describe('on connect', () => {
  it('hathor §3.2, §3.5, §7.88 the first frame is the template after genesis, to the last byte', async () => {
    await start();
    const miner = await app.connect();
    expect(await miner.next()).toBe(
      '{"id":null,"method":"mining.notify","params":[{"data":"0000010000190000000040000000000000005dbc86ba032ebb3b8edcb72a7e46cc0efacfe1b109e2e9dd868a90fe0906968dc8fbbf648816ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f95233e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e86900",' +
        `"versions":[0,3],"reward":6400,"weight":2,"timestamp_now":${NOW},"timestamp_min":1572636346,"timestamp_max":${NOW + 300},` +
        '"parents":["2ebb3b8edcb72a7e46cc0efacfe1b109e2e9dd868a90fe0906968dc8fbbf6488","16ba3dbe424c443e571b00840ca54b9ff4cff467e10b6a15536e718e2008f952","33e14cb555a96967841dcbe0f95e9eab5810481d01de8f4f73afb8cce365e869"],' +
        '"parents_any":[],"height":1,"score":1208925819614629174706180,"signal_bits":0}]}',
    );
    await miner.expectSilence();
  });

  it.each([[true], [false]])(
    'hathor §3.2 nothing is sent while the node may not mine (answers later: %s)',
    async (later) => {
      await start({ prepare: (chain) => Object.assign(chain, { mayMine: false, later }) });
      const miner = await app.connect();
      await miner.expectSilence();
      await app.chain.publish(TIP);
      await miner.expectSilence();
      app.chain.mayMine = true;
      await app.chain.publish(TIP);
      expect(await notified(miner)).toMatchObject({ height: 1 });
    },
  );

  it.each([[true], [false]])(
    'hathor §3.2 the templates come before the answer to a request that was sent with the handshake (answers later: %s)',
    async (later) => {
      await start({ prepare: (chain) => Object.assign(chain, { later }) });
      const request = frame({ payload: '{"id":1,"method":"mining.submit","params":["00"]}' });
      const miner = await RawClient.connect(app.socket);
      miner.write(request);
      const [first, second] = [await miner.nextFrame(), await miner.nextFrame()];
      expect(first).toMatchObject({ text: expect.stringContaining('mining.notify') });
      expect(second).toMatchObject({ text: expect.stringContaining('-32603') });
      miner.reset();
    },
  );

  it('hathor §7.87 the first template has the signal bits of the moment, and so has every later one', async () => {
    await start({ prepare: (chain) => (chain.signalBits = 5) });
    const miner = await app.connect();
    const bits: number[] = [];
    for (const signalBits of [4, 1, 0, 0]) {
      const { params } = await miner.nextJson<Notification>();
      bits.push(params[0].signal_bits);
      expect(params[0].data.slice(0, 2)).toBe(`0${params[0].signal_bits}`);
      app.chain.signalBits = signalBits;
      await app.chain.addTransaction(TIP);
    }
    expect(bits).toEqual([5, 4, 1, 0]);
  });

  it('what is accepted while a slow chain looks up the templates is not missed, nor told out of order', async () => {
    const answers: (() => void)[] = [];
    await start();
    const { chain } = app;
    const answer = chain.templates.bind(chain);
    chain.templates = () => {
      const templates = answer();
      return new Promise((resolve) => answers.push(() => resolve(templates)));
    };
    const miner = await app.connect();
    await eventually(() => answers.length === 1);
    await chain.addTransaction(TIP);
    answers[0]?.();
    await eventually(() => answers.length === 2);
    answers[1]?.();
    const [template] = await answer();
    const seen = await miner.untilJson<Notification>(
      ({ params }) => params[0].parents[1] === template?.parents[1],
    );
    expect(seen.length).toBeLessThanOrEqual(2);
    await miner.expectSilence();
  });
});

describe('after an accepted vertex', () => {
  it('hathor §3.4 everybody is told, with templates asked for once', async () => {
    await start();
    const miners = [await app.miner(), await app.miner(), await app.miner()];
    const { asked } = app.chain;
    await app.chain.addTransaction(TIP);
    const frames = await Promise.all(miners.map((miner) => miner.next()));
    expect(new Set(frames).size).toBe(1);
    expect(app.chain.asked).toBe(asked + 1);
  });

  it('hathor §3.4 templates that were broadcast last are not broadcast again', async () => {
    await start();
    const miner = await app.miner();
    await app.chain.publish(TIP);
    await notified(miner);
    await app.chain.publish(TIP);
    await miner.expectSilence();
    app.clock.advance(1000);
    await app.chain.publish(TIP);
    expect((await miner.nextJson<Notification>()).params[0].timestamp_now).toBe(NOW + 1);
  });

  it('hathor §3.4 there is no timer', async () => {
    await start();
    const miner = await app.miner();
    app.clock.advance(3_600_000);
    await miner.expectSilence();
  });

  it('hathor §7.96 a new transaction causes mining.notify: it becomes a parent', async () => {
    await start();
    const miner = await app.miner();
    await app.chain.addTransaction(TIP);
    const { params } = await miner.nextJson<Notification>();
    const [{ data, parents, parents_any }] = params;
    expect(parents[1]).toBe(TIP);
    expect(parents_any).toHaveLength(2);
    const third = parents_any.toSorted()[0] ?? '';
    expect(data.endsWith(`${parents.join('')}${third}00`)).toBe(true);
  });

  it('nothing is asked while nobody is connected', async () => {
    await start();
    await app.chain.publish(TIP);
    expect(app.chain.asked).toBe(0);
    const miner = await app.miner();
    await miner.close();
    await eventually(() => app.stats.connections === 0);
    await app.chain.publish(TIP);
    expect(app.chain.asked).toBe(1);
  });

  it('a chain that fails costs one notification', async () => {
    await start();
    const miner = await app.miner();
    const templates = app.chain.templates.bind(app.chain);
    for (const fault of [() => Promise.reject(new Error('a fault')), fail]) {
      app.chain.templates = fault;
      await app.chain.addTransaction(TIP);
      await miner.expectSilence();
    }
    app.chain.templates = templates;
    await app.chain.addTransaction('cd'.repeat(32));
    expect((await notified(miner)).parents[1]).toBe('cd'.repeat(32));
  });

  it('a slow chain is asked once more for all vertices that were accepted meanwhile', async () => {
    await start({ prepare: (chain) => (chain.later = true) });
    const miner = await app.miner();
    const { asked } = app.chain;
    for (let number = 0; number < 1000; number++) {
      void app.chain.addTransaction(number.toString(16).padStart(64, '0'));
    }
    const last = (999).toString(16).padStart(64, '0');
    await miner.untilJson<Notification>(({ params }) => params[0].parents[1] === last);
    expect(app.chain.asked - asked).toBeLessThanOrEqual(2);
    await miner.expectSilence();
  });
});

describe('a block that is accepted', () => {
  const ways = [
    ['is published before submitBlock is done', {}],
    ['is published later', { publishes: 'later' }],
    ['comes to a slow chain', { later: true }],
    ['comes to a slow chain and is published later', { publishes: 'later', later: true }],
  ] as const;

  for (const log of [false, true]) {
    it.each(ways)(
      `hathor §3.4, §7.95 is answered true, then comes mining.notify with height + 1: it %s (event queue: ${log})`,
      async (_, settings) => {
        await start({
          prepare: (chain) => Object.assign(chain, settings),
          ...(log && { log: memoryLog() }),
        });
        const miner = await app.miner();
        const other = await app.miner();
        for (let height = 1; height <= 3; height++) {
          miner.send({ id: height, method: 'mining.submit', params: [await app.block()] });
          expect(await miner.nextJson()).toEqual({ id: height, error: null, result: true });
          expect(await notified(miner)).toMatchObject({ height: height + 1 });
          expect(await notified(other)).toMatchObject({ height: height + 1 });
        }
        await miner.expectSilence();
      },
    );
  }

  it('is known to the mining.refresh that follows in the same batch', async () => {
    await start();
    const miner = await app.miner();
    miner.send([
      { id: 1, method: 'mining.submit', params: [await app.block()] },
      { id: 2, method: 'mining.refresh' },
    ]);
    const [answer, ...rest] = await miner.takeJson<{ id: unknown; result: unknown }>(3);
    expect(answer).toMatchObject({ id: 1, result: true });
    expect(rest.find(({ id }) => id === 2)?.result).toMatchObject([{ height: 2 }]);
  });
});

function fail(): never {
  throw new Error('a fault');
}
