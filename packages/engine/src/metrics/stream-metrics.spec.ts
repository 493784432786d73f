import { beforeEach, describe, expect, it } from '@jest/globals';
import { memoryLog } from '../log/memory-log.js';
import type { EventLog } from '../log/event-log.js';
import { EventStream } from '../stream/event-stream.js';
import { StreamDelivery } from '../stream/stream-delivery.js';
import { fakeSession, ManualClock } from '../testing/index.js';
import { engineMetrics } from './engine-metrics.js';
import { MetricsRegistry } from './metrics-registry.js';

const stream = 'events';
const labels = { endpoint: '/test', topic: stream };
const ENVELOPE = { before: '', after: () => '' };

let clock: ManualClock;
let metrics: MetricsRegistry;
let log: EventLog;
let events: EventStream;
beforeEach(async () => {
  clock = new ManualClock();
  metrics = new MetricsRegistry();
  log = await memoryLog().open(stream, { epoch: 'e' });
  events = new EventStream(slowed(log), { clock, metrics });
});

/** A log that takes 30 ms for a batch, and takes none that contains the word full. */
function slowed(target: EventLog): EventLog {
  const append: EventLog['append'] = async (entries, marks) => {
    clock.advance(30);
    if (entries.some(({ bytes }) => String(bytes).includes('full'))) throw new Error('full');
    await target.append(entries, marks);
  };
  return new Proxy(target, {
    get: (log, name) => (name === 'append' ? append : (Reflect.get(log, name) as unknown)),
  });
}

const publish = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, number) => events.append(() => String(number))));

const bucketsOf = (name: string) =>
  metrics.snapshot().find(({ definition }) => definition.name === name)?.samples[0]?.buckets;

describe('the writer of a stream', () => {
  it('counts what it stores, and how long the log takes for a batch', async () => {
    const stored = publish(3);
    expect(metrics.total(engineMetrics.pendingEvents, { stream })).toBe(3);
    await stored;
    await publish(2);
    expect(metrics.total(engineMetrics.pendingEvents, { stream })).toBe(0);
    expect(metrics.total(engineMetrics.eventsAppended, { stream })).toBe(5);
    expect(metrics.total(engineMetrics.storedEvents, { stream })).toBe(5);
    expect(metrics.total(engineMetrics.headEvent, { stream })).toBe(4);
    const { counts, sum } = bucketsOf('sluice_log_append_seconds') ?? {};
    expect(sum).toBeCloseTo(0.06);
    expect(counts?.[engineMetrics.appendSeconds.buckets.indexOf(0.05)]).toBe(2);
  });

  it('shows as stored only what can be replayed', async () => {
    const short = await memoryLog().open('short', { epoch: 'e', retention: { events: 2 } });
    const events = new EventStream(short, { metrics });
    for (const text of ['a', 'b', 'c', 'd', 'e']) await events.append(() => text);
    expect(metrics.total(engineMetrics.storedEvents, { stream: 'short' })).toBe(2);
    expect(metrics.total(engineMetrics.headEvent, { stream: 'short' })).toBe(4);
  });

  it('shows that it takes no more events once the log has refused a batch', async () => {
    expect(metrics.total(engineMetrics.streamWritable, { stream })).toBe(1);
    await expect(events.append(() => 'full')).rejects.toThrow('has stopped');
    expect(metrics.total(engineMetrics.streamWritable, { stream })).toBe(0);
    expect(metrics.total(engineMetrics.appendFailures, { stream })).toBe(1);
    expect(metrics.total(engineMetrics.pendingEvents, { stream })).toBe(0);
  });

  it('counts listeners that throw as faults of our own', async () => {
    events.subscribe(() => {
      throw new Error('deaf');
    });
    await publish(1);
    const labels = { endpoint: '', topic: stream, code: 'INTERNAL' };
    expect(metrics.total(engineMetrics.faults, labels)).toBe(1);
  });

  it('has no figures any more once it is stopped', async () => {
    await publish(1);
    await events.stop();
    const { samples } =
      metrics.snapshot().find(({ definition }) => definition === engineMetrics.headEvent) ?? {};
    expect(samples).toEqual([]);
  });
});

describe('the sessions of a stream', () => {
  let delivery: StreamDelivery;
  beforeEach(() => {
    delivery = new StreamDelivery(events, ENVELOPE, { clock, metrics });
  });

  const waiting = (state: string) =>
    metrics.total(engineMetrics.streamReaders, { ...labels, state });
  const client = (kernelBytes?: number) => {
    const socket = kernelBytes === undefined ? {} : { kernelBytes };
    const opened = fakeSession({ clock, metrics, socket });
    return { ...opened, reader: delivery.reader(opened.session) };
  };

  it('are counted by what they wait for, with how far they are behind', async () => {
    await publish(50);
    client();
    const live = client();
    live.reader.start(null, 100);
    const full = client();
    full.reader.start(39, 3);
    clock.turn();
    const stuck = client(1);
    stuck.reader.start(null, 100);
    clock.turn();
    await publish(5);
    const late = client();
    late.reader.start(null, 100);
    expect(['start', 'live', 'acknowledgement', 'socket', 'turn'].map(waiting)).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(metrics.total(engineMetrics.streamLag, labels)).toBe(4);
    expect(bucketsOf('sluice_stream_lag_events')).toEqual({
      counts: [1, 0, 1, 2, 0, 0, 0, 0, 0],
      sum: 0 + 12 + 55 + 5,
    });
    delivery.stop();
    expect(metrics.total(engineMetrics.streamReaders)).toBe(0);
  });

  it('are counted with what they have not acknowledged', async () => {
    await publish(10);
    const { reader } = client();
    reader.start(null, 8);
    expect(metrics.total(engineMetrics.unacknowledgedEvents, labels)).toBe(0);
    clock.turn();
    expect(metrics.total(engineMetrics.unacknowledgedEvents, labels)).toBe(8);
    reader.ack(4, 8);
    expect(metrics.total(engineMetrics.unacknowledgedEvents, labels)).toBe(0);
    clock.turn();
    expect(metrics.total(engineMetrics.unacknowledgedEvents, labels)).toBe(5);
  });

  it('count every event of a page as a message and as a frame', async () => {
    await publish(10);
    const { reader } = client();
    reader.start(null, 100);
    clock.turn();
    await publish(2);
    clock.turn();
    expect(metrics.total(engineMetrics.messagesSent, labels)).toBe(12);
    expect(metrics.total(engineMetrics.framesSent, { endpoint: '/test' })).toBe(12);
    expect(metrics.total(engineMetrics.writes, { endpoint: '/test' })).toBe(2);
  });

  it('end as slow if their events are gone, and by a fault of ours if the log cannot be read', async () => {
    const ended = (reason: string) => metrics.total(engineMetrics.sessionsClosed, { reason });
    await publish(3);
    const { reader } = client();
    await log.close();
    reader.start(null, 10);
    clock.turn();
    expect(ended('fault')).toBe(0);
    expect(reader.session.phase).toBe('closing');
    reader.session.closed();
    expect([ended('slow'), ended('fault')]).toEqual([0, 1]);
  });
});
