import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SluiceError } from '../errors.js';
import type { EventLog, EventLogStore } from '../log/event-log.js';
import { memoryLog } from '../log/memory-log.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { deliverySteps, playDelivery } from '../testing/delivery-model.js';
import { EventStream } from './event-stream.js';
import { FollowedStream } from './followed-stream.js';

const open = async (): Promise<[EventLogStore, EventLog]> => {
  const store = memoryLog();
  return [store, await store.open('events', { epoch: 'e' })];
};
const event = (id: number): string => `event ${id}`;

describe('FollowedStream', () => {
  it('announces what the writer has stored, with the extent, epoch and marks of the writer', async () => {
    const [store, log] = await open();
    const writer = new EventStream(log);
    await writer.append(event);
    const followed = await FollowedStream.follow(store, 'events');
    const heard: string[] = [];
    followed.subscribe((from, events) => {
      expect(followed.head).toBe(from + events.length - 1);
      heard.push(...events.map((bytes) => Buffer.from(bytes).toString()));
    });
    await Promise.all([writer.append(event, { group: 1 }), writer.append(event)]);
    expect(heard).toEqual(['event 1', 'event 2']);
    const { name, epoch, first, head, marks } = followed;
    expect({ name, epoch, first, head, marks }).toEqual({
      name: 'events',
      epoch: 'e',
      first: 0,
      head: 2,
      marks: { group: 1 },
    });
    expect(await followed.read(0, { events: 1, bytes: 0 })).toMatchObject({ from: 0 });
  });

  it('tells of another numbering, after its extent is known', async () => {
    const [store, log] = await open();
    const followed = await FollowedStream.follow(store, 'events');
    const epochs: string[] = [];
    const end = followed.onRenew(() => epochs.push(`${followed.epoch} ${followed.head}`));
    await log.discard({ epoch: 'f', firstId: 5 });
    end();
    await log.discard({ epoch: 'g' });
    expect(epochs).toEqual(['f 4']);
  });

  it('tells that following has ended, once', async () => {
    const [store] = await open();
    let tell: (error: SluiceError) => void = () => undefined;
    const failing: EventLogStore = {
      open: (...parts) => store.open(...parts),
      follow: (stream, options) => {
        tell = options.onLost ?? tell;
        return store.follow?.(stream, options) ?? Promise.reject(new Error('memory is followed'));
      },
      close: () => store.close(),
    };
    const followed = await FollowedStream.follow(failing, 'events');
    const told: SluiceError[] = [];
    followed.onLost((error) => told.push(error));
    followed.onLost((error) => told.push(error))();
    const error = new SluiceError('INVALID', 'damaged');
    tell(error);
    expect(told).toEqual([error]);
    await followed.close();
    tell(error);
    expect(told).toHaveLength(1);
  });

  it('goes on after a listener that throws, and counts it', async () => {
    const [store, log] = await open();
    const metrics = new MetricsRegistry();
    const errors: unknown[] = [];
    const followed = await FollowedStream.follow(store, 'events', {
      metrics,
      onError: (error) => errors.push(error),
    });
    const broken = new Error('broken');
    let heard = 0;
    followed.subscribe(() => {
      throw broken;
    });
    followed.subscribe((_, { length }) => (heard += length));
    await log.append([{ id: 0, bytes: Buffer.from('x') }]);
    expect([errors, heard]).toEqual([[broken], 1]);
    const labels = { endpoint: '', topic: 'events', code: 'INTERNAL' };
    expect(metrics.total(engineMetrics.faults, labels)).toBe(1);
  });

  it('shows what can be replayed, until it is closed', async () => {
    const store = memoryLog();
    const log = await store.open('events', { epoch: 'e', retention: { events: 2 } });
    const metrics = new MetricsRegistry();
    const followed = await FollowedStream.follow(store, 'events', { metrics });
    for (const id of [0, 1, 2, 3, 4]) await log.append([{ id, bytes: Buffer.from('x') }]);
    const labels = { stream: 'events' };
    expect(metrics.family(engineMetrics.storedEvents).samples).toEqual([{ labels, value: 2 }]);
    expect(metrics.family(engineMetrics.headEvent).samples).toEqual([{ labels, value: 4 }]);
    await followed.close();
    expect(metrics.family(engineMetrics.headEvent).samples).toEqual([]);
  });

  it('waits for a stream that does not exist, until it is told not to', async () => {
    const waiting = new AbortController();
    const { signal } = waiting;
    const followed = FollowedStream.follow(memoryLog(), 'events', { signal });
    const reason = new Error('shut down');
    waiting.abort(reason);
    await expect(followed).rejects.toBe(reason);
  });

  it('is silent once it is closed', async () => {
    const [store, log] = await open();
    const followed = await FollowedStream.follow(store, 'events');
    let heard = 0;
    followed.subscribe(() => (heard += 1));
    followed.onRenew(() => (heard += 1));
    await followed.close();
    await log.append([{ id: 0, bytes: Buffer.from('x') }]);
    await log.discard({ epoch: 'f' });
    expect(heard).toBe(0);
  });

  it('is delivered without a loss or a double, under any interleaving', async () => {
    const property = fc.asyncProperty(await deliverySteps(), async (steps) => {
      const [store, log] = await open();
      await playDelivery(log, steps, await FollowedStream.follow(store, 'events'));
    });
    await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
  });

  it('needs a store that can be followed', async () => {
    const [store] = await open();
    const single: EventLogStore = {
      open: (...parts) => store.open(...parts),
      close: () => store.close(),
    };
    await expect(FollowedStream.follow(single, 'events')).rejects.toMatchObject({ code: 'STATE' });
  });
});
