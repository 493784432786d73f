/** Mining on the sample's chain: what miners, event clients and wallets see of it. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { vertexId } from '@sluice/hathor/codec';
import { ClientPool, type TestClient } from '@sluice/testing';
import { BestChain } from './support/best-chain.js';
import { startStream, type EventFrame } from './support/event-frame.js';
import { endMiners, MinerProcess } from './support/miner-process.js';
import {
  drafted,
  mergeMined,
  mined,
  refreshed,
  submission,
  submitted,
  templateIn,
} from './support/mining-client.js';
import type { RpcMessage } from './support/mining-client.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

describe('mining on the sample', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();

  afterEach(async () => {
    await endMiners();
    await clients.closeAll();
    await samples.endAll();
  });

  const socket = ({ urls }: SampleProcess, name: 'mining_ws' | 'ws'): Promise<TestClient> =>
    clients.connect(urls[name] ?? '');

  /** Every event up to the newest one. */
  async function eventsOf(sample: SampleProcess): Promise<EventFrame['event'][]> {
    const client = await clients.connect(sample.urls.event_ws);
    client.send(startStream(null, 10_000));
    const first = await client.nextJson<EventFrame>();
    const others = await client.takeJson<EventFrame>(first.latest_event_id);
    return [first, ...others].map(({ event }) => event);
  }

  it('a miner’s 20 blocks are what event clients and wallets see, and nothing else', async () => {
    const sample = await samples.start();
    const events = await clients.connect(sample.urls.event_ws);
    events.send(startStream(null, 10_000));
    await events.untilJson<EventFrame>(({ event }) => event.type === 'LOAD_FINISHED');
    const wallet = await socket(sample, 'ws');

    const miner = new MinerProcess([
      ...['--url', sample.urls.mining_ws ?? ''],
      ...['--blocks', '20', '--ahead', '60'],
    ]);
    const end = await miner.ended;
    expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(miner.mined.map(({ height }) => height)).toEqual(range(1, 20));
    expect(end.stdout).toMatch(/^20 blocks, 1,280\.00 HTR in /m);

    const ids = miner.mined.map(({ id }) => id);
    const chain = new BestChain();
    const seen: string[] = [];
    while (seen.length < 20) {
      const { event } = await events.nextJson<EventFrame>();
      if (event.type === 'NEW_VERTEX_ACCEPTED') seen.push(event.data.hash ?? '');
    }
    for (const event of await eventsOf(sample)) chain.add(event);
    expect(chain.best).toEqual({ hash: seen.at(-1), height: 20 });
    expect(seen.map((hash) => hash.slice(0, 16))).toEqual(ids);

    const announced: string[] = [];
    while (announced.length < 20) {
      const message = await wallet.nextJson<{ type: string; tx_id?: string }>();
      if (message.type === 'network:new_tx_accepted') announced.push(message.tx_id ?? '');
    }
    expect(announced).toEqual(seen);
    expect((await sample.status()).best_block).toEqual({ hash: seen.at(-1), height: 20 });
  });

  it('mined blocks are there after a restart, and after kill -9, and mining goes on from them', async () => {
    const first = await samples.start();
    const miner = await socket(first, 'mining_ws');
    for (let left = 3; left > 0; left--) {
      expect(await submitted(miner, mined(await refreshed(miner)))).toMatchObject({ result: true });
    }
    const regular = await eventsOf(first);
    const merged = mergeMined(await refreshed(miner));
    expect(await submitted(miner, merged)).toMatchObject({ error: null, result: true });
    const { best_block } = await first.status();
    expect(best_block).toEqual({ hash: vertexId(merged), height: 4 });
    await first.kill();

    const second = await samples.start([], { data: first.data });
    expect((await second.status()).best_block).toEqual(best_block);
    const events = await eventsOf(second);
    expect(events.slice(0, regular.length)).toEqual(regular);
    const template = await refreshed(await socket(second, 'mining_ws'));
    expect(template).toMatchObject({
      height: 5,
      parents: [best_block?.hash, ...template.parents.slice(1)],
    });
    await second.stop();
    const third = await samples.start([], { data: first.data });
    expect((await third.status()).best_block).toEqual(best_block);
  });

  it('a block that is stale, or comes again, is answered false, and the socket stays open', async () => {
    const sample = await samples.start();
    const miner = await socket(sample, 'mining_ws');
    const template = await refreshed(miner);
    const block = mined(template);
    const late = mined(template, { timestamp: template.timestamp_min + 1 });
    expect(await submitted(miner, block)).toMatchObject({ error: null, result: true });
    expect(await submitted(miner, late)).toMatchObject({ error: null, result: false });
    expect(await submitted(miner, block)).toMatchObject({ error: null, result: false });
    await sample.control('mine');
    expect((await refreshed(miner)).height).toBe(3);
  });

  it('a forged block is refused with -32603 and Close, and the chain has not moved', async () => {
    const sample = await samples.start();
    await sample.control('mine', { blocks: 2 });
    const { latest_event_id: newest, best_block: best } = await sample.status();
    const template = await refreshed(await socket(sample, 'mining_ws'));
    const forgeries = [
      drafted(template, { weight: 60 }),
      mined(template, { weight: template.weight - 0.01 }),
      mined(template, { outputs: [{ value: 6401n, tokenData: 0, script: new Uint8Array() }] }),
      mined(template, { timestamp: template.timestamp_min - 1 }),
      mined(template, { timestamp: template.timestamp_max + 60 }),
      mined(template, { parents: [...template.parents.slice(0, 2), 'ab'.repeat(32)] }),
      mined(template, { signalBits: 0x80 }),
    ];
    for (const forged of forgeries) {
      const miner = await socket(sample, 'mining_ws');
      expect(await submitted(miner, forged)).toEqual({
        id: null,
        error: { code: -32603, message: 'Internal error' },
        result: null,
      });
      expect(await miner.closed()).toMatchObject({ code: 1005, clean: true });
    }
    const { latest_event_id, best_block } = await sample.status();
    expect([latest_event_id, best_block]).toEqual([newest, best]);
  });

  it('an optimistic submission is answered with the template on top of it', async () => {
    const sample = await samples.start();
    const miner = await socket(sample, 'mining_ws');
    const block = mined(await refreshed(miner));
    const { result } = await submitted(miner, block, true);
    expect(result).toMatchObject({
      height: 2,
      parents: [vertexId(block), expect.anything(), expect.anything()],
    });
  });

  it('hathor §7.95, §7.96: a block and a transaction bring new templates to every miner', async () => {
    const sample = await samples.start();
    await sample.control('mine', { blocks: 3 });
    const [miner, other] = [await socket(sample, 'mining_ws'), await socket(sample, 'mining_ws')];
    const notified = (client: TestClient, fits: (template: Template) => boolean) =>
      client.untilJson<RpcMessage>(
        ({ method, params }) => method === 'mining.notify' && fits((params as [Template])[0]),
      );
    await submitted(miner, mined(await refreshed(miner)));
    await notified(other, ({ height }) => height === 5);
    const [transaction = ''] = (await sample.control('transfer')).vertices.slice(-1);
    await notified(other, ({ parents }) => parents.includes(transaction));
    expect((await refreshed(other)).parents).toContain(transaction);
  });

  it('hathor §3.4, §7.95: whoever mines a block has the answer before the templates on it', async () => {
    const sample = await samples.start();
    const miner = await socket(sample, 'mining_ws');
    let template = templateIn(await miner.nextJson<RpcMessage>());
    for (let id = 1; id <= 10; id++) {
      miner.send(submission(id, mined(template)));
      expect(await miner.nextJson()).toEqual({ id, error: null, result: true });
      template = templateIn(await miner.nextJson<RpcMessage>());
      expect(template.height).toBe(id + 1);
    }
  });

  it('hathor §3.6 row 7: no miner can take the chain further ahead of the clock than 300 s', async () => {
    const sample = await samples.start();
    const miner = await socket(sample, 'mining_ws');
    await sample.control('mine');
    const template = await refreshed(miner);
    const late = mined(template, { timestamp: template.timestamp_max });
    expect(await submitted(miner, late)).toMatchObject({ result: true });
    const next = await refreshed(miner);
    expect(next.timestamp_now).toBeLessThan(late.timestamp - 200);
    const later = mined(next, { timestamp: late.timestamp + 100 });
    expect(await submitted(miner, later)).toMatchObject({ error: { code: -32603 } });
    await sample.control('mine');
    expect((await sample.status()).best_block?.height).toBe(3);
  });

  it('miners and the chain’s own driver keep one chain between them', async () => {
    const sample = await samples.start(['--pace', '200ms']);
    const miner = new MinerProcess([
      ...['--url', sample.urls.mining_ws ?? ''],
      ...['--blocks', '10', '--ahead', '300'],
    ]);
    expect(await miner.ended).toMatchObject({ code: 0, stderr: '' });
    await sample.control('pause');
    const chain = new BestChain();
    const events = await eventsOf(sample);
    for (const event of events) chain.add(event);
    expect(chain.best).toEqual((await sample.status()).best_block);
    const accepted = events.filter(({ type }) => type === 'NEW_VERTEX_ACCEPTED');
    const hashes = new Set(accepted.map(({ data }) => data.hash?.slice(0, 16)));
    expect(miner.mined.filter(({ id }) => !hashes.has(id))).toEqual([]);
    expect(accepted.length).toBeGreaterThan(10);
  });
});

interface Template {
  readonly height: number;
  readonly parents: readonly string[];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
