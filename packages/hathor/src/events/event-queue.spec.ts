import { describe, expect, it } from '@jest/globals';
import type { ChainEventMap, EventLogStore } from '@sluice/engine';
import { memoryLog } from '@sluice/engine';
import { BLOCK, GENESIS, REORG } from '../../test/support/golden-events.js';
import { FixedChain, queueRun, startedRun } from '../../test/support/queue-run.js';
import { storedEvents, storedTypes } from '../../test/support/queue-run.js';

describe('EventQueue', () => {
  it('hathor §7.74 loads the chain in order, and gives each reorg a group of its own', async () => {
    const { bus, queue } = await startedRun(memoryLog(), {}, new FixedChain(GENESIS));
    for (let reorg = 0; reorg < 2; reorg++) {
      await bus.publish('reorg.started', REORG);
      await bus.publish('vertex.metadata-changed', BLOCK);
      await bus.publish('reorg.finished', {});
      await bus.publish('vertex.accepted', BLOCK);
    }
    const vertex = 'NEW_VERTEX_ACCEPTED';
    const reorg = (group: number) => [
      `REORG_STARTED ${group}`,
      `VERTEX_METADATA_CHANGED ${group}`,
      `REORG_FINISHED ${group}`,
      vertex,
    ];
    const load = ['LOAD_STARTED', vertex, vertex, vertex, 'LOAD_FINISHED'];
    expect(await storedTypes(queue)).toEqual([...load, ...reorg(0), ...reorg(1)]);
    const stored = await storedEvents(queue);
    expect(stored.map(({ id }) => id)).toEqual(stored.map((_, index) => index));
    expect(stored.slice(1, 4).map(({ data }) => data)).toEqual(GENESIS);
  });

  it('hathor §7.75 refuses to start a reorg inside a group, and to finish one when none is open', async () => {
    const { bus, queue } = await startedRun(memoryLog());
    const refused = { code: 'STATE' };
    await expect(bus.publish('reorg.finished', {})).rejects.toMatchObject(refused);
    await bus.publish('reorg.started', REORG);
    await expect(bus.publish('reorg.started', REORG)).rejects.toMatchObject(refused);
    await bus.publish('reorg.finished', {});
    await expect(bus.publish('reorg.finished', {})).rejects.toMatchObject(refused);
    await bus.publish('reorg.started', REORG);
    const load = ['LOAD_STARTED', 'LOAD_FINISHED'];
    const reorgs = ['REORG_STARTED 0', 'REORG_FINISHED 0', 'REORG_STARTED 1'];
    expect(await storedTypes(queue)).toEqual([...load, ...reorgs]);
  });

  it('hathor §7.73 neither stores nor announces data of the wrong kind', async () => {
    const { bus, queue } = await startedRun(memoryLog());
    const announced: string[] = [];
    bus.events$.subscribe(({ type }) => announced.push(type));
    const wrong = { ...REORG, reorg_size: -1 };
    await expect(bus.publish('reorg.started', wrong)).rejects.toMatchObject({
      code: 'INVALID',
      details: { type: 'reorg.started', path: 'reorg_size' },
    });
    const time = Number.NaN;
    await expect(bus.publish('node.crashed', {}, { time })).rejects.toMatchObject({
      code: 'INVALID',
    });
    await bus.publish('reorg.started', REORG);
    expect(announced).toEqual(['reorg.started']);
    expect(queue.stream.head).toBe(2);
  });

  it('keeps the data as it was when it was published', async () => {
    const { bus, queue } = queueRun(memoryLog());
    const starting = queue.start();
    const early: { -readonly [K in keyof typeof REORG]: (typeof REORG)[K] } = { ...REORG };
    const published = bus.publish('reorg.started', early);
    early.reorg_size = 99;
    await Promise.all([starting, published]);
    expect((await storedEvents(queue)).at(-1)?.data).toEqual(REORG);
  });

  it('writes the time in seconds', async () => {
    const { bus, queue } = await startedRun(memoryLog());
    await bus.publish('node.crashed', {}, { time: 1_700_000_000_250 });
    const times = (await storedEvents(queue)).map(({ timestamp }) => timestamp);
    expect(times).toEqual([1_600_000_000.5, 1_600_000_000.5, 1_700_000_000.25]);
  });

  it('leaves events of others on the bus alone', async () => {
    const { bus, queue } = await startedRun(memoryLog());
    await bus.publish('other.event' as keyof ChainEventMap, 5 as never);
    expect(queue.stream.head).toBe(1);
  });

  it('refuses what is published before the start and after the stop: it would be missing for ever', async () => {
    const { bus, queue } = queueRun(memoryLog());
    const refused = { code: 'STATE' };
    await expect(bus.publish('node.crashed', {})).rejects.toMatchObject(refused);
    await queue.start();
    await queue.stop();
    await expect(bus.publish('node.crashed', {})).rejects.toMatchObject(refused);
  });

  it('stores what is published while it loads after the load phase, in order', async () => {
    const { bus, queue } = queueRun(memoryLog(), {}, new FixedChain(GENESIS));
    const starting = queue.start();
    const published = [
      bus.publish('reorg.started', REORG),
      bus.publish('vertex.accepted', BLOCK),
      bus.publish('reorg.finished', {}),
    ];
    expect(queue.phase).toBe('loading');
    await starting;
    await Promise.all([...published, bus.publish('node.crashed', {})]);
    expect((await storedTypes(queue)).slice(4)).toEqual([
      'LOAD_FINISHED',
      'REORG_STARTED 0',
      'NEW_VERTEX_ACCEPTED 0',
      'REORG_FINISHED 0',
      'FULL_NODE_CRASHED',
    ]);
  });

  it('stores what was published before it stops', async () => {
    const store = memoryLog();
    const { bus, queue } = await startedRun(store);
    const published = bus.publish('vertex.accepted', BLOCK);
    await queue.stop();
    await published;
    expect(queue.stream.head).toBe(2);
    await queue.stop();
  });

  it('waits for a log that has another writer, until it is stopped', async () => {
    const taken: EventLogStore = {
      open: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
      close: () => Promise.resolve(),
    };
    const { queue } = queueRun(taken);
    const refused = expect(queue.start()).rejects.toMatchObject({ code: 'STATE' });
    expect(queue.phase).toBe('loading');
    await queue.stop();
    await refused;
    expect(queue.stopped).toBe(true);
  });

  it('cannot be started twice', async () => {
    const { queue } = queueRun(memoryLog());
    const starting = queue.start();
    await expect(queue.start()).rejects.toMatchObject({ code: 'STATE' });
    await starting;
    await expect(queue.start()).rejects.toMatchObject({ code: 'STATE' });
    expect(queue.phase).toBe('running');
  });
});
