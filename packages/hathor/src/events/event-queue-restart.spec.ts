import { describe, expect, it } from '@jest/globals';
import { CrashingStore } from '../../test/support/crashing-store.js';
import { BLOCK, GENESIS, REORG } from '../../test/support/golden-events.js';
import { FixedChain, queueRun, startedRun } from '../../test/support/queue-run.js';
import { storedEvents, storedTypes } from '../../test/support/queue-run.js';

const chain = new FixedChain(GENESIS);
const VERTEX = 'NEW_VERTEX_ACCEPTED';
const LOADED = ['LOAD_STARTED', VERTEX, VERTEX, VERTEX, 'LOAD_FINISHED'];

describe('a restart of the event queue (hathor §2.1)', () => {
  it('resumes after a finished load: same identity, next ids, no vertices', async () => {
    const store = new CrashingStore();
    const first = await startedRun(store, {}, chain);
    await first.bus.publish('vertex.accepted', BLOCK);
    const { identity } = first.queue;
    expect(first.queue.resumedAfter).toBeUndefined();
    await store.crash();
    const second = await startedRun(store, {}, chain);
    expect(await storedTypes(second.queue)).toEqual([
      ...LOADED,
      VERTEX,
      'LOAD_STARTED',
      'LOAD_FINISHED',
    ]);
    expect((await storedEvents(second.queue)).at(-1)?.id).toBe(7);
    expect(second.queue.resumedAfter).toBe(5);
    expect(second.queue.identity).toEqual(identity);
    expect(identity.peerId).toMatch(/^[0-9a-f]{64}$/);
    expect(identity.streamId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('stores both load events of a resumed run in one transaction, so that it is never found half loaded', async () => {
    const store = new CrashingStore();
    await startedRun(store, {}, chain);
    await store.crash();
    store.batches.length = 0;
    await startedRun(store, {}, chain);
    expect(store.batches.map((batch) => batch.length)).toEqual([2]);
  });

  it('discards the events of a load that never finished, and numbers from 0 under a new stream id', async () => {
    const store = new CrashingStore();
    const interrupted = queueRun(store, {}, new DyingChain());
    await expect(interrupted.queue.start()).rejects.toThrow('disk on fire');
    await store.crash();
    const second = await startedRun(store, {}, chain);
    expect(await storedTypes(second.queue)).toEqual(LOADED);
    expect((await storedEvents(second.queue))[0]?.id).toBe(0);
  });

  it('keeps the peer id, but never an unfinished numbering’s stream id, even a configured one', async () => {
    const store = new CrashingStore();
    const interrupted = queueRun(store, { streamId: 's' }, new DyingChain(true));
    await expect(interrupted.queue.start()).rejects.toThrow('disk on fire');
    const { streamId, peerId } = interrupted.queue.identity;
    expect(streamId).toBe('s');
    await store.crash();
    const { queue } = await startedRun(store, { streamId: 's' }, chain);
    expect(queue.identity.streamId).not.toBe('s');
    expect(queue.identity.peerId).toBe(peerId);
  });

  it('uses the configured identity in an empty log', async () => {
    const { queue } = await startedRun(new CrashingStore(), { streamId: 's', peerId: 'p' });
    expect(queue.identity).toEqual({ peerId: 'p', network: 'unittests', streamId: 's' });
  });

  it('hathor §7.74 numbers reorgs on across restarts', async () => {
    const store = new CrashingStore();
    const first = await startedRun(store);
    await first.bus.publish('reorg.started', REORG);
    await first.bus.publish('reorg.finished', {});
    await store.crash();
    const second = await startedRun(store);
    await second.bus.publish('reorg.started', REORG);
    expect((await storedTypes(second.queue)).at(-1)).toBe('REORG_STARTED 1');
  });

  it('refuses to start after a crash inside a reorg until it is reset', async () => {
    const store = new CrashingStore();
    const first = await startedRun(store, {}, chain);
    const { streamId, peerId } = first.queue.identity;
    await first.bus.publish('reorg.started', REORG);
    await store.crash();
    for (let attempt = 0; attempt < 2; attempt++) {
      const refused = queueRun(store, {}, chain).queue;
      await expect(refused.start()).rejects.toMatchObject({
        code: 'STATE',
        message: expect.stringContaining('`reset`'),
        details: { group: 0 },
      });
      expect(refused.phase).toBe('stopped');
    }
    const { queue, bus } = await startedRun(store, { reset: true }, chain);
    expect(await storedTypes(queue)).toEqual(LOADED);
    expect(queue.identity.streamId).not.toBe(streamId);
    expect(queue.identity.peerId).toBe(peerId);
    await bus.publish('reorg.started', REORG);
    expect((await storedTypes(queue)).at(-1)).toBe('REORG_STARTED 0');
  });

  it('hathor §7.79 forgets events, groups and load state when it is reset', async () => {
    const store = new CrashingStore();
    const { queue } = await startedRun(store, { streamId: 's' }, chain);
    await queue.stop();
    const interrupted = queueRun(store, { reset: true, streamId: 't' }, new DyingChain());
    await expect(interrupted.queue.start()).rejects.toThrow();
    await store.crash();
    const { queue: third } = await startedRun(store, {}, chain);
    expect(await storedTypes(third)).toEqual(LOADED);
    expect(['s', 't']).not.toContain(third.identity.streamId);
  });

  it('stores a whole reorg that was published in one turn in one transaction', async () => {
    const store = new CrashingStore();
    const { bus } = await startedRun(store);
    store.batches.length = 0;
    void bus.publish('reorg.started', REORG);
    void bus.publish('vertex.metadata-changed', BLOCK);
    await bus.publish('reorg.finished', {});
    expect(store.batches.map((batch) => batch.length)).toEqual([3]);
  });
});

/** A chain that cannot be read to its end. */
class DyingChain extends FixedChain {
  constructor(private readonly late = false) {
    super();
  }

  override *vertices() {
    yield* GENESIS.slice(0, this.late ? 2 : 0);
    throw new Error('disk on fire');
  }
}
