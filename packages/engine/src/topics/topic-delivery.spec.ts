import { describe, expect, it, jest } from '@jest/globals';
import { json } from '../codecs/json.codec.js';
import { boundedQueue } from '../flow/bounded-queue.flow.js';
import { rateLimit } from '../flow/rate-limit.flow.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { fakeSession, type FakeSessionOptions } from '../testing/fake-session.js';
import { ManualClock } from '../testing/manual-clock.js';
import { TopicHub, type TopicFault } from './topic-hub.js';
import type { TopicDefinition } from './topic.js';

function setUp(definition: Partial<TopicDefinition<number, number>> = {}) {
  const clock = new ManualClock();
  const metrics = new MetricsRegistry();
  const faults: [string, TopicFault][] = [];
  const hub = new TopicHub({
    codec: json(),
    clock,
    metrics,
    onError: (error, fault) => faults.push([(error as Error).message, fault]),
  });
  const render = (event: number): unknown => event;
  hub.define<number, number>({ name: 'count', render, ...definition });
  const open = (options: FakeSessionOptions = {}, wish = 0) => {
    const opened = fakeSession({ ...options, clock, topics: hub });
    opened.session.subscribe('count', wish);
    return opened;
  };
  return { hub, clock, metrics, faults, open };
}

const cycle: unknown[] = [];
cycle.push(cycle);

const boom = (): never => {
  throw new Error('boom');
};

describe('a flow policy', () => {
  it('sees what its session asks for, also after it has subscribed again', () => {
    const seen: unknown[] = [];
    const { hub, open } = setUp({
      flow: {
        scope: 'session',
        create: (outlet) => ({
          offer: () => seen.push(outlet.options),
          drained: () => undefined,
          end: () => undefined,
          held: { messages: 0, bytes: 0 },
        }),
      },
    });
    const { session } = open({}, 1);
    hub.publish('count', 7);
    session.subscribe('count', 2);
    hub.publish('count', 7);
    expect(seen).toEqual([1, 2]);
  });
});

describe('user code that throws', () => {
  it('costs the session whose filter threw the event, and the others nothing', () => {
    const { hub, open, clock, faults, metrics } = setUp({
      filter: { matches: (_, wish) => wish === 0 || boom() },
    });
    const [first, broken, last] = [open(), open({}, 1), open()];
    hub.publish('count', 7);
    clock.turn();
    const sent = [first, broken, last].map(({ socket }) => socket.json());
    expect(sent).toEqual([[7], [], [7]]);
    expect(faults).toEqual([['boom', { topic: 'count', stage: 'matches' }]]);
    expect(metrics.total(engineMetrics.faults, { topic: 'count', code: 'INTERNAL' })).toBe(1);
  });

  it('is counted for every receiver and reported once for every event', () => {
    const { hub, open, faults, metrics } = setUp({ filter: { matches: boom } });
    for (let session = 0; session < 5; session++) open();
    hub.publish('count', 1);
    hub.publish('count', 2);
    expect(metrics.total(engineMetrics.faults, { topic: 'count' })).toBe(10);
    expect(faults).toHaveLength(2);
  });

  it('costs unfiltered sessions nothing if the keys of an event cannot be told', () => {
    const filter = {
      subscriptionKeys: (wish: number) => (wish === 0 ? undefined : ['key']),
      *eventKeys() {
        yield 'key';
        boom();
      },
    };
    const { hub, open, clock, faults } = setUp({ filter });
    const [all, keyed] = [open(), open({}, 1)];
    hub.publish('count', 7);
    clock.turn();
    expect([all.socket.json(), keyed.socket.json()]).toEqual([[7], []]);
    expect(faults).toEqual([['boom', { topic: 'count', stage: 'eventKeys' }]]);
  });

  it('costs one variant its message if its rendering fails, is tried once, and spares the next event', () => {
    const render = jest.fn((event: number, { variant }: { variant: string }): unknown =>
      variant === '1' && event === 7 ? boom() : event,
    );
    const { hub, open, clock, faults } = setUp({ render, filter: { variant: String } });
    const sessions = [open({}, 1), open(), open({}, 1)];
    hub.publish('count', 7);
    hub.publish('count', 8);
    clock.turn();
    expect(sessions.map(({ socket }) => socket.json())).toEqual([[8], [7, 8], [8]]);
    expect(render).toHaveBeenCalledTimes(4);
    expect(faults).toEqual([['boom', { topic: 'count', stage: 'render' }]]);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['a promise', () => Promise.reject(new Error('later')), /returned a promise/],
    ['a value without JSON form', () => Symbol('x'), /no JSON form/],
    ['a cycle', () => cycle, /circular/],
  ])('reports a renderer that returns %s', (_, render, message) => {
    const { hub, open, clock, faults } = setUp({ render });
    const { socket } = open();
    hub.publish('count', 7);
    clock.turn();
    expect(socket.messages).toEqual([]);
    expect(faults).toEqual([[expect.stringMatching(message), expect.anything()]]);
  });

  it.each(['eventKeys', 'matches'] as const)(
    'reports a filter whose %s answers with a promise, which concerns nobody, and delivers nothing for it',
    (stage) => {
      const later = () => Promise.reject(new Error('later')) as never;
      const filter = { subscriptionKeys: () => ['7'], eventKeys: () => ['7'], [stage]: later };
      const { hub, open, clock, faults } = setUp({ filter });
      const { socket } = open();
      hub.publish('count', 7);
      clock.turn();
      expect(socket.messages).toEqual([]);
      expect(faults).toEqual([[`${stage} returned a promise`, { topic: 'count', stage }]]);
    },
  );

  it.each(['subscriptionKeys', 'variant'] as const)(
    'refuses a subscription for which %s answers with a promise',
    (name) => {
      const later = () => Promise.reject(new Error('later')) as never;
      const { hub, open } = setUp({ filter: { [name]: later } });
      expect(() => open()).toThrow(`${name} returned a promise`);
      expect(hub.receivers('count')).toBe(0);
    },
  );

  it('keeps the old subscription if new options make the filter throw, and tells the caller', () => {
    const subscriptionKeys = (wish: number) => (wish === 2 ? boom() : [String(wish)]);
    const eventKeys = (event: number) => [String(event)];
    const { hub, open, clock } = setUp({ filter: { subscriptionKeys, eventKeys } });
    const { session, socket } = open({}, 1);
    expect(() => session.subscribe('count', 2)).toThrow('boom');
    hub.publish('count', 1);
    clock.turn();
    expect(socket.json()).toEqual([1]);
    expect(session.subscription('count')?.options).toBe(1);
  });

  it('connects a session although a topic for everybody cannot take it', () => {
    const { hub, clock, faults } = setUp();
    const filter = { subscriptionKeys: boom };
    hub.define({ name: 'broken', render: () => 1, filter, autoSubscribe: true });
    hub.define({ name: 'whole', render: () => 1, autoSubscribe: true });
    hub.connect(fakeSession({ clock, topics: hub }).session);
    expect([hub.receivers('broken'), hub.receivers('whole')]).toEqual([0, 1]);
    expect(faults).toEqual([['boom', { topic: 'broken', stage: 'connect' }]]);
  });

  it('survives flow policies and gates that throw', () => {
    const held = { messages: 0, bytes: 0 };
    const policy = { offer: boom, drained: boom, end: boom, held };
    const { hub, open, clock, faults } = setUp({
      flow: { scope: 'session', create: () => policy },
    });
    const { session, socket } = open({ socket: { kernelBytes: 0 } });
    hub.define({
      name: 'gated',
      render: () => 1,
      flow: { scope: 'topic', create: () => ({ offer: boom, end: () => undefined }) },
    });
    hub.publish('gated', 1);
    hub.publish('count', 1);
    session.send('reply');
    clock.turn();
    socket.drain();
    session.drained();
    session.close();
    expect(faults.map(([, { topic, stage }]) => `${topic} ${stage}`)).toEqual([
      'gated flow',
      'count flow',
      'count flow',
      'count flow',
    ]);
  });
});

describe('changes while an event is delivered', () => {
  it('does not give the event to a session that subscribes meanwhile', () => {
    const late = fakeSession();
    const { hub, open, clock } = setUp({
      render: (event) => {
        hub.subscribe(late.session, 'count', 0);
        return event;
      },
    });
    const { socket } = open();
    hub.publish('count', 1);
    hub.publish('count', 2);
    clock.turn();
    late.clock.turn();
    expect(socket.json()).toEqual([1, 2]);
    expect(late.socket.json()).toEqual([2]);
  });

  it('passes over a session that closes meanwhile', () => {
    const { hub, open, clock } = setUp({
      filter: {
        matches: () => {
          second.session.closed();
          return true;
        },
      },
    });
    const [first, second, third] = [open(), open(), open()];
    hub.publish('count', 1);
    clock.turn();
    const sent = [first, second, third].map(({ socket }) => socket.json());
    expect(sent).toEqual([[1], [], [1]]);
    expect(hub.receivers('count')).toBe(2);
  });

  it('passes over a session that unsubscribes meanwhile', () => {
    const { hub, open, clock } = setUp({
      filter: {
        matches: () => {
          second.session.unsubscribe('count');
          return true;
        },
      },
    });
    const [first, second] = [open(), open()];
    hub.publish('count', 1);
    clock.turn();
    expect([first.socket.json(), second.socket.json()]).toEqual([[1], []]);
  });

  it('delivers what is published meanwhile afterwards, in the same order to everybody', () => {
    const { hub, open, clock } = setUp({
      render: (event) => {
        if (event < 3) hub.publish('count', event + 1);
        return event;
      },
    });
    const [first, second] = [open(), open()];
    hub.publish('count', 1);
    clock.turn();
    expect(first.socket.json()).toEqual([1, 2, 3]);
    expect(second.socket.json()).toEqual([1, 2, 3]);
  });
});

describe('flow control of a topic', () => {
  it('marks the session and counts what is dropped', () => {
    const flow = boundedQueue({ messages: 2, overflow: 'dropOldest' });
    const { hub, open, clock, metrics } = setUp({ flow });
    const slow = open({ socket: { kernelBytes: 0 } });
    const quick = open();
    hub.publish('count', 0);
    clock.turn();
    for (const event of [1, 2, 3, 4]) hub.publish('count', event);
    slow.socket.drain();
    slow.session.drained();
    clock.turn();
    expect(slow.socket.json()).toEqual([0, 3, 4]);
    expect(quick.socket.json()).toEqual([0, 1, 2, 3, 4]);
    expect([slow.session.droppedMessages, quick.session.droppedMessages]).toEqual([2, 0]);
    expect(metrics.total(engineMetrics.messagesDropped, { topic: 'count' })).toBe(2);
    expect(metrics.total(engineMetrics.messagesSent, { topic: 'count' })).toBe(8);
  });

  it('limits a topic once for all sessions and says what was throttled', () => {
    const { hub, open, clock, metrics } = setUp({
      render: (event, { throttled, time }) => ({ event, throttled, time }),
      flow: rateLimit({ hits: 1, windowMs: 100, queue: 2, retryMs: 100 }),
    });
    const [first, second] = [open(), open()];
    for (const event of [1, 2, 3, 4]) hub.publish('count', event, event * 10);
    clock.advance(250);
    const expected = [
      { event: 1, throttled: false, time: 10 },
      { event: 3, throttled: true, time: 30 },
      { event: 4, throttled: false, time: 40 },
    ];
    expect(first.socket.json()).toEqual(expected);
    expect(second.socket.json()).toEqual(expected);
    expect(metrics.total(engineMetrics.messagesDropped, { topic: 'count' })).toBe(1);
    hub.publish('count', 5);
    hub.publish('count', 6);
    hub.close();
    expect(clock.pending).toBe(0);
  });
});
