/** What stands between a topic and one session: flow control, the session's commands, the subscription's own end. */
import { describe, expect, it, jest } from '@jest/globals';
import { afterAnswers } from '../flow/after-answers.flow.js';
import { boundedQueue } from '../flow/bounded-queue.flow.js';
import type { FlowOutlet, FlowPolicy, SessionFlowControl } from '../flow/flow-control.js';
import { latestOnly } from '../flow/latest-only.flow.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { fakeSession, type FakeSessionOptions } from '../testing/fake-session.js';
import { ManualClock } from '../testing/manual-clock.js';
import { TopicHub } from './topic-hub.js';

const full = { socket: { kernelBytes: 0 } };

/** A hub with a topic for each flow control, whose events are their messages. */
function setUp(flows: Readonly<Record<string, SessionFlowControl>>) {
  const clock = new ManualClock();
  const metrics = new MetricsRegistry();
  const hub = new TopicHub({ codec: { encode: String }, clock, metrics });
  for (const [name, flow] of Object.entries(flows)) {
    hub.define<unknown, readonly string[] | undefined>({
      name,
      flow,
      render: (event, { variant }) => `${String(event)}${variant}`,
      filter: { subscriptionKeys: (keys) => keys, eventKeys: (event) => [String(event)] },
    });
  }
  const open = (options: FakeSessionOptions = {}) => {
    const opened = fakeSession({ ...options, clock, metrics, topics: hub });
    for (const name of Object.keys(flows)) opened.session.subscribe(name);
    return opened;
  };
  return { clock, metrics, hub, open };
}

/** A policy of an application's own that does nothing but what it is given. */
const own = (policy: (outlet: FlowOutlet) => Partial<FlowPolicy>): SessionFlowControl => ({
  scope: 'session',
  create: (outlet) => ({
    offer: () => undefined,
    drained: () => undefined,
    end: () => undefined,
    held: { messages: 0, bytes: 0 },
    ...policy(outlet),
  }),
});

describe('a subscription', () => {
  it('knows its topic, and takes new options by itself', () => {
    const { hub, clock, open } = setUp({ a: boundedQueue() });
    const { session, socket } = open();
    const subscription = session.subscription('a');
    subscription?.replace(['2']);
    for (const event of [1, 2]) hub.publish('a', event);
    clock.turn();
    expect([subscription?.topic, subscription?.options]).toEqual(['a', ['2']]);
    expect(socket.messages).toEqual(['2']);
  });

  it('that has ended cannot be brought back by its owner', () => {
    const { hub, open } = setUp({ a: boundedQueue() });
    const { session } = open();
    const ended = session.subscription('a');
    session.unsubscribe('a');
    ended?.update({ add: ['1'] });
    ended?.replace(['2']);
    expect(hub.census('a')).toEqual({ subscriptions: 0, keys: 0, variants: 0 });
  });

  it('that asks for no variant gets the one without a name', () => {
    const { hub, clock, open } = setUp({ a: boundedQueue() });
    const { socket } = open();
    hub.publish('a', 'plain');
    clock.turn();
    expect(socket.messages).toEqual(['plain']);
  });
});

describe('flow control of a subscription', () => {
  it('keeps messages until the answer to a command is out, where it says so', () => {
    const { hub, clock, open } = setUp({ a: afterAnswers(latestOnly()) });
    const { session, socket } = open();
    session.commandBegins();
    for (const event of [1, 2]) hub.publish('a', event);
    session.send('answer');
    session.commandEnds();
    clock.turn();
    expect(socket.messages).toEqual(['answer', '2']);
  });

  it('is made with the subscription, unless it writes through', () => {
    const create = jest.fn((outlet: FlowOutlet) => own(() => ({})).create(outlet));
    const { open } = setUp({ a: { scope: 'session', create } });
    open();
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('that was never needed hears of no room and no end, and fails nobody', () => {
    const { metrics, clock, open } = setUp({ a: boundedQueue() });
    const { session, socket } = open(full);
    session.send('reply');
    clock.turn();
    socket.drain();
    session.drained();
    session.unsubscribe('a');
    expect(metrics.total(engineMetrics.faults)).toBe(0);
  });

  it('keeps the order of what it holds and what comes while room is made known', () => {
    const { hub, clock, open } = setUp({
      first: own(() => ({ drained: () => hub.publish('second', 2) })),
      second: boundedQueue(),
    });
    const { session, socket } = open(full);
    session.send('reply');
    clock.turn();
    hub.publish('second', 1);
    socket.drain();
    session.drained();
    clock.turn();
    expect(socket.messages).toEqual(['reply', '1', '2']);
  });

  it('counts what an application’s own policy drops without a reason', () => {
    const { hub, metrics, open } = setUp({
      a: own((outlet) => ({ offer: () => outlet.dropped(2) })),
    });
    open();
    hub.publish('a', 1);
    expect(metrics.total(engineMetrics.messagesDropped, { topic: 'a', reason: 'policy' })).toBe(2);
  });

  it('tells how many bytes it holds for a session, over all topics', () => {
    const { hub, clock, open } = setUp({ a: boundedQueue(), b: boundedQueue() });
    const [slow, quick] = [open(full), open()];
    slow.session.send('reply');
    clock.turn();
    for (const topic of ['a', 'a', 'b']) hub.publish(topic, '12345678');
    expect(hub.heldBytes(slow.session)).toBe(30);
    expect(hub.heldBytes(quick.session)).toBe(0);
    expect(hub.heldBytes(fakeSession().session)).toBe(0);
  });
});
