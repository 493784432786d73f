import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MockChainEvent } from '@sluice/mock-chain';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunningChain } from './running-chain.js';

const hashes = (events: readonly MockChainEvent[]) =>
  events.flatMap(({ type, data }) => (type === 'vertex.accepted' ? [data.hash] : []));

describe('RunningChain', () => {
  let folder: string;
  let journal: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-chain-'));
    journal = join(folder, 'vertices.jsonl');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const open = (seed = 1) => new RunningChain({ network: 'privatenet', seed }, journal);

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
