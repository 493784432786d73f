import { describe, expect, it } from '@jest/globals';
import { json } from '../codecs/json.codec.js';
import { EventBus } from '../events/event-bus.js';
import { boundedQueue } from '../flow/bounded-queue.flow.js';
import { disconnectSlow } from '../flow/disconnect-slow.flow.js';
import type { DropReason, FlowControl } from '../flow/flow-control.js';
import { latestOnly } from '../flow/latest-only.flow.js';
import { rateLimit } from '../flow/rate-limit.flow.js';
import { fakeSession, ManualClock } from '../testing/index.js';
import { TopicHub } from '../topics/topic-hub.js';
import { engineMetrics } from './engine-metrics.js';
import { MetricsRegistry } from './metrics-registry.js';

const labels = { endpoint: '/test', topic: 'count' };

function setUp(flow: FlowControl = disconnectSlow()) {
  const clock = new ManualClock();
  const metrics = new MetricsRegistry();
  const hub = new TopicHub({ codec: json(), endpoint: '/test', clock, metrics });
  hub.define<number, unknown>({ name: 'count', render: (event) => event, flow });
  /** A client whose socket is full after the first write. */
  const stuck = () => {
    const opened = fakeSession({ clock, metrics, topics: hub, socket: { kernelBytes: 1 } });
    opened.session.subscribe('count');
    opened.session.send('full');
    opened.session.flush();
    return opened;
  };
  const publish = (...events: number[]) => {
    for (const event of events) hub.publish('count', event);
  };
  return { clock, metrics, hub, stuck, publish };
}

describe('a topic', () => {
  it.each<[DropReason, FlowControl, number]>([
    ['overflow', boundedQueue({ messages: 2, overflow: 'dropOldest' }), 3],
    ['replaced', latestOnly(), 4],
    ['overflow', latestOnly({ by: (event) => event, messages: 2 }), 3],
    ['evicted', disconnectSlow({ messages: 2 }), 3],
    ['rate', rateLimit({ hits: 1, windowMs: 1000, queue: 2, retryMs: 100 }), 2],
  ])('counts dropped messages by the reason: %s', (reason, flow, count) => {
    const { metrics, stuck, publish } = setUp(flow);
    stuck();
    publish(1, 2, 3, 4, 5);
    expect(metrics.total(engineMetrics.messagesDropped)).toBe(count);
    expect(metrics.total(engineMetrics.messagesDropped, { ...labels, reason })).toBe(count);
  });

  it('shows what flow control holds back, until it has been sent', () => {
    const { metrics, hub, stuck, publish } = setUp(boundedQueue());
    const clients = [stuck(), stuck()];
    publish(1, 2, 3);
    expect(metrics.total(engineMetrics.subscriptions, labels)).toBe(2);
    expect(metrics.total(engineMetrics.queueMessages, labels)).toBe(6);
    expect(metrics.total(engineMetrics.queueBytes, labels)).toBe(6 * 3);
    clients[0]?.session.closed();
    expect(metrics.total(engineMetrics.queueMessages, labels)).toBe(3);
    hub.close();
    expect(metrics.total(engineMetrics.subscriptions, labels)).toBe(0);
  });

  it('counts a session that is ended because it does not keep up as slow, once', () => {
    const { metrics, stuck, publish } = setUp(disconnectSlow({ messages: 1 }));
    const { session } = stuck();
    publish(1, 2, 3);
    session.closed();
    expect(metrics.total(engineMetrics.sessionsClosed)).toBe(1);
    expect(metrics.total(engineMetrics.sessionsClosed, { reason: 'slow' })).toBe(1);
  });
});

describe('a session', () => {
  it('ends for the reason that was told first', () => {
    const metrics = new MetricsRegistry();
    const { session } = fakeSession({ metrics });
    session.endsFor('fault');
    session.endsFor('shutdown');
    session.close();
    session.closed();
    expect(metrics.total(engineMetrics.sessionsClosed, { reason: 'fault' })).toBe(1);
  });

  it('counts frames only once they leave', () => {
    const metrics = new MetricsRegistry();
    const { session, clock } = fakeSession({ metrics });
    session.send('one');
    session.send('two');
    expect(metrics.total(engineMetrics.framesSent)).toBe(0);
    clock.turn();
    expect(metrics.total(engineMetrics.framesSent)).toBe(2);
    expect(metrics.total(engineMetrics.writes)).toBe(1);
  });
});

describe('the bus', () => {
  it('counts events by type, and those that are refused', async () => {
    const metrics = new MetricsRegistry();
    const bus = new EventBus<{ good: number; bad: number; lost: number }>({ metrics });
    bus.record(({ type }) => {
      if (type === 'bad') throw new Error('bad');
      return type === 'lost' ? Promise.reject(new Error('lost')) : undefined;
    });
    await bus.publish('good', 1);
    await expect(bus.publish('bad', 1)).rejects.toThrow('bad');
    await expect(bus.publish('lost', 1)).rejects.toThrow('lost');
    const types = ['good', 'bad', 'lost'];
    const totals = (metric: typeof engineMetrics.eventsPublished) =>
      types.map((type) => metrics.total(metric, { type }));
    expect(totals(engineMetrics.eventsPublished)).toEqual([1, 0, 1]);
    expect(totals(engineMetrics.eventsRefused)).toEqual([0, 1, 1]);
  });
});
