import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { encodeVertex, mine, minimalBlock, vertexId } from '@sluice/hathor/codec';
import type { MockChainEvent } from '@sluice/mock-chain';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningChain } from './running-chain.js';

const hashes = (events: readonly MockChainEvent[]) =>
  events.flatMap(({ type, data }) => (type === 'vertex.accepted' ? [data.hash] : []));

describe('RunningChain', () => {
  let folder: string;
  let journal: string;
  let clock: ManualClock;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-chain-'));
    journal = join(folder, 'vertices.jsonl');
    clock = new ManualClock();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const open = (seed = 1, startTime?: number) =>
    new RunningChain({
      network: 'privatenet',
      seed,
      journal,
      clock,
      ...(startTime !== undefined && { startTime }),
    });

  it('goes on with the same vertices after it was opened again', () => {
    const first = open();
    for (let step = 0; step < 30; step++) first.perform({ do: 'step' }, 0);
    const known = [...first.chain.vertices()];
    first.close();
    const second = open();
    expect([...second.chain.vertices()]).toEqual(known);
    const { events } = second.perform({ do: 'mine', blocks: 1 }, 0);
    expect(events.at(-1)).toMatchObject({ type: 'vertex.accepted' });
    second.close();
  });

  it('keeps transactions that wallets handed in', () => {
    const first = open();
    first.perform({ do: 'mine', blocks: 3 }, 0);
    const address = first.chain.wallet.addressAt(0);
    const [paid] = hashes(first.perform({ do: 'pay', address, amount: 500n }, 0).events).slice(-1);
    const bytes = first.chain.node.nodeVertex(paid ?? '')?.bytes ?? new Uint8Array();
    first.close();
    rmSync(journal);
    const second = open();
    second.perform({ do: 'mine', blocks: 3 }, 0);
    expect(hashes(second.perform({ do: 'push', bytes }, 0).events)).toEqual([paid]);
    second.close();
    const third = open();
    expect(third.chain.vertex(paid ?? '')).toBeDefined();
    expect(third.perform({ do: 'push', bytes }, 0).failure?.message).toMatch(/already exists/);
    third.close();
  });

  it('keeps blocks that miners handed in, and takes a stale one for nothing', () => {
    const first = open();
    const [template] = first.chain.node.templates();
    if (template === undefined) throw new Error('no template');
    const block = mine({ ...minimalBlock(template), version: 0, nonce: 0n });
    if (block === undefined) throw new Error('no nonce');
    const submission = { block, id: vertexId(block), bytes: encodeVertex(block) };
    expect(hashes(first.perform({ do: 'submit', block: submission }, 0).events)).toEqual([
      submission.id,
    ]);
    expect(first.perform({ do: 'submit', block: submission }, 0)).toEqual({ events: [] });
    first.close();
    const second = open();
    expect(second.chain.best.hash).toBe(submission.id);
    const forged = { ...submission.block, parents: [submission.id, ...block.parents.slice(1)] };
    const refused = { block: forged, id: vertexId(forged), bytes: submission.bytes };
    expect(second.perform({ do: 'submit', block: refused }, 0).failure).toMatchObject({
      code: expect.any(String),
    });
    second.close();
  });

  it('knows which events of earlier runs were not stored', async () => {
    const first = open();
    const [stored] = hashes(first.perform({ do: 'mine', blocks: 1 }, 5).events);
    const lost = [
      ...first.perform({ do: 'transfer' }, 10).events,
      ...first.perform({ do: 'reorg', depth: 1 }, 10).events,
    ];
    first.close();
    const second = open();
    expect(await second.takeUnpublished(({ hash }) => Promise.resolve(hash === stored))).toEqual(
      lost,
    );
    second.close();
    const third = open();
    expect(await third.takeUnpublished(() => Promise.resolve(true))).toEqual([]);
    third.close();
  });

  it('asks for a stored vertex from the id its action was to begin with', async () => {
    const first = open();
    const [hash] = hashes(first.perform({ do: 'mine', blocks: 1 }, 5).events);
    first.close();
    const second = open();
    const asked: unknown[] = [];
    await second.takeUnpublished(({ hash, eventId }) => {
      asked.push([hash, eventId]);
      return Promise.resolve(true);
    });
    expect(asked).toEqual([[hash, 5]]);
    second.close();
  });

  it('leaves the file alone until it adds to it, as it may be the wrong one', () => {
    open().close();
    appendFileSync(journal, '{"eventId":9,"vert');
    const before = readFileSync(journal, 'utf8');
    open().close();
    expect(readFileSync(journal, 'utf8')).toBe(before);
  });

  it('drops a last line that was cut off', () => {
    const first = open();
    first.perform({ do: 'mine', blocks: 2 }, 0);
    const { height } = first.chain;
    first.close();
    const whole = readFileSync(journal, 'utf8');
    appendFileSync(journal, '{"eventId":9,"vert');
    const second = open();
    expect(second.chain.height).toBe(height);
    second.perform({ do: 'mine', blocks: 1 }, 9);
    second.close();
    const [line] = readFileSync(journal, 'utf8').split(whole).slice(1);
    expect(JSON.parse(line ?? '')).toMatchObject({ eventId: 9 });
  });

  it('refuses to go on in the journal of another seed', () => {
    open(1).close();
    expect(() => open(2)).toThrow(/seed 1: take --seed 1/);
  });

  it.each([
    { do: 'transfer', amount: 5_000_000n },
    { do: 'token', name: 'Token', symbol: 'TOK', amount: 100_000n },
    { do: 'double-spend', twin: true },
  ] as const)('can be told to $do before it has mined anything', (action) => {
    const running = open();
    const { events, failure } = running.perform(action, 0);
    expect(failure).toBeUndefined();
    expect(events.at(-1)?.type).toMatch(/vertex.accepted|token.created/);
    running.close();
  });

  it('keeps what an action did before it failed, and says why it failed', () => {
    const running = open();
    const { events, failure } = running.perform({ do: 'reorg', depth: 3 }, 0);
    expect(events).toEqual([]);
    expect(failure?.message).toBe('no 3 blocks to abandon');
    running.close();
  });
});

describe("a running chain's clock", () => {
  const SECOND = 1000;
  const HOUR = 3600 * SECOND;
  const genesisTime = 1_577_836_800;
  let folder: string;
  let clock: ManualClock;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-chain-'));
    clock = new ManualClock();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const journal = () => join(folder, 'vertices.jsonl');
  const open = (startTime?: number) =>
    new RunningChain({
      network: 'privatenet',
      seed: 1,
      journal: journal(),
      clock,
      ...(startTime !== undefined && { startTime }),
    });
  const seconds = () => Math.floor(clock.now() / SECOND);
  const mined = (running: RunningChain) => {
    const { failure } = running.perform({ do: 'mine', blocks: 1 }, 0);
    expect(failure).toBeUndefined();
    return running.chain.best.timestamp;
  };

  it('is the wall clock: blocks follow it, also after a rest and after a restart', () => {
    const first = open();
    expect(mined(first)).toBe(seconds() - 1);
    clock.advance(5 * SECOND);
    expect(mined(first)).toBe(seconds() - 1);
    clock.advance(HOUR);
    expect(mined(first)).toBe(seconds() - 1);
    first.close();
    clock.advance(HOUR);
    const second = open();
    expect(mined(second)).toBe(seconds() - 1);
    second.close();
  });

  it('is caught up with by a block an hour after days of silence', () => {
    const first = open();
    mined(first);
    first.close();
    clock.advance(22 * 24 * HOUR);
    const second = open();
    expect(second.isIdle).toBe(true);
    let rounds = 0;
    for (; second.isIdle; rounds++) second.perform({ do: 'catch-up' }, 0);
    expect(rounds).toBe(2);
    expect(second.chain.height).toBe(1 + 22 * 24);
    clock.advance(5 * SECOND);
    expect(mined(second)).toBe(seconds() - 1);
    expect(second.chain.best.weight).toBeLessThanOrEqual(second.chain.parameters.maxBlockWeight);
    second.close();
  });

  it('may have been set back since the chain was kept', () => {
    const first = open();
    const before = mined(first);
    first.close();
    clock = new ManualClock(clock.now() - HOUR);
    const second = open();
    expect(second.chain.best.timestamp).toBe(before);
    expect(mined(second)).toBe(before + 1);
    second.close();
  });

  it('lets traffic run at its pace', () => {
    const running = open();
    for (let step = 0; step < 40; step++) {
      clock.advance(1250);
      running.perform({ do: 'step' }, 0);
    }
    expect(Math.abs(running.chain.best.timestamp - seconds())).toBeLessThan(20);
    expect(running.chain.time - seconds()).toBeLessThan(3);
    running.close();
  });

  it('does not let what one action makes run ahead of it', () => {
    const running = open();
    running.perform({ do: 'mine', blocks: 100 }, 0);
    expect(running.chain.best.timestamp).toBe(seconds() - 1);
    const address = running.chain.wallet.addressAt(0);
    const { events } = running.perform({ do: 'pay', address, amount: 5n }, 0);
    expect(events.at(-1)?.data).toMatchObject({ timestamp: seconds() - 1 });
    running.close();
  });

  it('is not left behind by an action that is refused', () => {
    const running = open();
    mined(running);
    clock.advance(200 * SECOND);
    expect(running.perform({ do: 'reorg', depth: 100 }, 0).failure).toBeDefined();
    expect(mined(running)).toBe(seconds() - 1);
    running.close();
  });

  it('may be its own, and then gives the same chain for the same seed', () => {
    const ids = [0, HOUR].map((later) => {
      clock.advance(later);
      const running = new RunningChain({
        network: 'privatenet',
        seed: 3,
        startTime: genesisTime,
        clock,
      });
      for (let step = 0; step < 20; step++) running.perform({ do: 'step' }, 0);
      expect(running.chain.best.timestamp).toBeLessThan(genesisTime + 100);
      return running.chain.best.hash;
    });
    expect(ids[0]).toBe(ids[1]);
  });

  it('stays what it was when the chain is opened again', () => {
    const start = 1_650_000_000;
    const first = open(start);
    expect(mined(first)).toBe(start + 1);
    first.close();
    const second = open();
    expect(mined(second)).toBeLessThan(start + 10);
    second.close();
    open(start).close();
    expect(() => open(start + 1)).toThrow(`a clock since ${start}: take no --start-time`);
  });

  it('cannot be taken from a chain that follows the wall clock', () => {
    open().close();
    expect(() => open(1_650_000_000)).toThrow('the time of the wall clock');
  });

  it('is its own since genesis where the journal knows nothing of clocks', () => {
    open(0).close();
    const [header = ''] = readFileSync(journal(), 'utf8').split('\n');
    const { network, seed } = JSON.parse(header) as { network: string; seed: number };
    writeFileSync(journal(), `${JSON.stringify({ network, seed })}\n`);
    const running = open();
    expect(mined(running)).toBeLessThan(genesisTime + 100);
    running.close();
  });
});
