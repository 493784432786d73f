import { describe, expect, it } from '@jest/globals';
import type { ChainEvent } from '@sluice/engine';
import { memoryLog } from '@sluice/engine';
import { CrashingStore } from '../../test/support/crashing-store.js';
import { BLOCK, GENESIS, REORG } from '../../test/support/golden-events.js';
import { FixedChain, queueRun, startedRun } from '../../test/support/queue-run.js';
import { storedTypes } from '../../test/support/queue-run.js';
import type { EventQueue } from './event-queue.js';

const CRASH: ChainEvent = { id: 0, type: 'node.crashed', time: 0, data: {} };

/** Without the bus, which would announce what is stored. */
const crash = (queue: EventQueue) => queue.record(CRASH) ?? Promise.reject(new Error('not kept'));

describe('an event queue in trouble', () => {
  it('takes no more events once one could not be stored, and announces none of them', async () => {
    const store = new CrashingStore();
    const { bus, queue } = await startedRun(store);
    const announced: string[] = [];
    bus.events$.subscribe(({ type }) => announced.push(type));
    store.nextFailure = new Error('disk full');
    const refused = { code: 'STATE', message: 'The event stream has stopped: disk full' };
    await expect(bus.publish('reorg.started', REORG)).rejects.toMatchObject(refused);
    await expect(bus.publish('vertex.accepted', BLOCK)).rejects.toMatchObject(refused);
    expect(announced).toEqual([]);
    expect(queue.failure).toMatchObject(refused);
    await queue.stop();
    const next = await startedRun(store);
    await next.bus.publish('reorg.started', REORG);
    expect((await storedTypes(next.queue)).at(-1)).toBe('REORG_STARTED 0');
  });

  it('does not start if the log fails in the load phase, and the next start begins anew', async () => {
    const store = new CrashingStore();
    store.nextFailure = new Error('disk full');
    const { bus, queue } = queueRun(store, {}, new FixedChain(GENESIS));
    const starting = queue.start();
    const published = bus.publish('vertex.accepted', BLOCK);
    await expect(starting).rejects.toThrow('disk full');
    await expect(published).rejects.toThrow('disk full');
    expect(queue.phase).toBe('stopped');
    const next = await startedRun(store, {}, new FixedChain(GENESIS));
    expect(next.queue.stream.head).toBe(4);
  });

  it('does not start from a chain that gives out something that is no vertex', async () => {
    const store = memoryLog();
    const wrong = [...GENESIS, { ...BLOCK, weight: Number.NaN }];
    const { queue } = queueRun(store, {}, new FixedChain(wrong));
    await expect(queue.start()).rejects.toMatchObject({
      code: 'INVALID',
      details: { path: 'weight' },
    });
    await startedRun(store, {}, new FixedChain(GENESIS));
  });

  it('can be stopped while it loads; the next run loads again', async () => {
    const store = memoryLog();
    let reached: () => void = () => undefined;
    const reading = new Promise<void>((resolve) => (reached = resolve));
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    class SlowChain extends FixedChain {
      override async *vertices() {
        yield* GENESIS;
        reached();
        await gate;
        yield BLOCK;
      }
    }
    const { bus, queue } = queueRun(store, {}, new SlowChain());
    const starting = queue.start();
    await reading;
    const published = bus.publish('node.crashed', {});
    const stopping = queue.stop();
    go();
    await expect(starting).rejects.toMatchObject({ code: 'STATE' });
    await expect(published).rejects.toMatchObject({ code: 'STATE' });
    await stopping;
    const next = await startedRun(store, {}, new FixedChain(GENESIS));
    expect(next.queue.stream.head).toBe(4);
  });

  it('opens no group for a reorg that is refused because too many events wait', async () => {
    const { bus, queue } = await startedRun(memoryLog());
    const crowd = Array.from({ length: 100_000 }, () => crash(queue));
    await expect(bus.publish('reorg.started', REORG)).rejects.toMatchObject({ code: 'LIMIT' });
    await Promise.all(crowd);
    await bus.publish('vertex.accepted', BLOCK);
    await bus.publish('reorg.started', REORG);
    const last = (await storedTypes(queue)).slice(-2);
    expect(last).toEqual(['NEW_VERTEX_ACCEPTED', 'REORG_STARTED 0']);
  });

  it('bounds what waits for the end of the load phase', async () => {
    const { queue } = queueRun(memoryLog());
    const starting = queue.start();
    const waiting = Array.from({ length: 100_000 }, () => crash(queue));
    expect(() => queue.record(CRASH)).toThrow('100000 events wait');
    await starting;
    await Promise.all(waiting);
    expect(queue.stream.head).toBe(100_001);
  });
});
