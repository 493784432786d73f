import { describe, expect, it, jest } from '@jest/globals';
import type { FlowOutlet, SessionFlowControl } from '../flow/flow-control.js';
import { inOrder } from '../flow/in-order.flow.js';
import { latestOnly } from '../flow/latest-only.flow.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import { fakeSession, type FakeSessionOptions } from '../testing/fake-session.js';
import { FakeSocket } from '../testing/fake-socket.js';
import { ManualClock } from '../testing/manual-clock.js';
import type { SessionTopics } from '../topics/subscription.js';
import { TopicHub } from '../topics/topic-hub.js';
import { Broadcast } from './broadcast.js';

/** A hub with topics `a` and `b` whose events are their messages. */
function setUp(flow: SessionFlowControl = inOrder()) {
  const clock = new ManualClock();
  const metrics = new MetricsRegistry();
  const hub = new TopicHub({ codec: { encode: String }, clock, metrics });
  for (const name of ['a', 'b']) hub.define({ name, render: String, flow });
  const open = (topics: readonly string[], options: FakeSessionOptions = {}) => {
    const opened = fakeSession({ topics: hub, ...options, clock, metrics });
    const given: (readonly Buffer[])[] = [];
    const write = opened.socket.write.bind(opened.socket);
    opened.socket.write = (frames, bytes) => {
      given.push(frames);
      return write(frames, bytes);
    };
    for (const topic of topics) opened.session.subscribe(topic);
    return { ...opened, given };
  };
  return { clock, metrics, hub, open };
}

describe('messages of a turn', () => {
  it('are joined once for all sessions that get the same of several topics, and reach each in order', () => {
    const { clock, hub, open } = setUp();
    const both = [open(['a', 'b']), open(['b', 'a'])];
    const one = [open(['a']), open(['a'])];
    for (const [topic, event] of [['a', 1], ['b', 2], ['a', 3]] as const) hub.publish(topic, event); // prettier-ignore
    clock.turn();
    for (const { socket, given } of both) {
      expect(socket.messages).toEqual(['1', '2', '3']);
      expect(given).toEqual([[both[0]?.given[0]?.[0]]]);
    }
    for (const { socket, given } of one) {
      expect(socket.messages).toEqual(['1', '3']);
      expect(given[0]?.[0]).toBe(one[0]?.given[0]?.[0]);
    }
    expect(both[1]?.given[0]?.[0]).toBe(both[0]?.given[0]?.[0]);
  });

  it('of two hubs reach a session that was opened with both, in order', () => {
    const [{ hub, open, clock }, other] = [setUp(), setUp()];
    const hubOf = (topic: string) => (topic === 'a' ? hub : other.hub);
    const topics: SessionTopics = {
      subscribe: (session, topic, options) => hubOf(topic).subscribe(session, topic, options),
      unsubscribe: (session, topic) => hubOf(topic).unsubscribe(session, topic),
      find: (session, topic) => hubOf(topic).find(session, topic),
      filled: (session) => [hub, other.hub].forEach((each) => each.filled(session)),
      drained: (session) => [hub, other.hub].forEach((each) => each.drained(session)),
      drop: (session) => [hub, other.hub].forEach((each) => each.drop(session)),
    };
    const { socket } = open(['a', 'b'], { topics });
    for (const [topic, event] of [['a', 1], ['b', 2], ['a', 3]] as const) hubOf(topic).publish(topic, event); // prettier-ignore
    clock.turn();
    expect(socket.messages).toEqual(['1', '2', '3']);
  });

  it('of a hub that the session was not opened with wait as flow control there says', () => {
    const [{ metrics, open }, other] = [setUp(), setUp(latestOnly())];
    const { session, clock } = open([], { socket: { kernelBytes: 0 } });
    other.hub.subscribe(session, 'a', undefined);
    for (const event of [1, 2, 3]) {
      other.hub.publish('a', event);
      clock.turn();
    }
    expect(other.hub.find(session, 'a')?.held.messages).toBe(1);
    session.terminate();
    other.hub.publish('a', 4);
    clock.turn();
    expect(metrics.total(engineMetrics.faults)).toBe(0);
  });

  it('that are one only are written as they were framed', () => {
    const { clock, hub, open } = setUp();
    const sessions = [open(['a']), open(['a'])];
    hub.publish('a', 1);
    clock.turn();
    expect(sessions[0]?.given[0]).toHaveLength(1);
    expect(sessions[0]?.given[0]?.[0]).toBe(sessions[1]?.given[0]?.[0]);
  });

  it('count once for each session, and wait for it until they leave', () => {
    const { clock, hub, metrics, open } = setUp();
    const [first] = [open(['a']), open(['a', 'b'])];
    hub.publish('a', 12);
    hub.publish('b', 3);
    hub.publish('a', 45);
    expect(first.session.backlog).toBe(8);
    clock.turn();
    expect(first.session.backlog).toBe(0);
    expect(metrics.total(engineMetrics.messagesSent)).toBe(5);
    expect(metrics.total(engineMetrics.framesSent)).toBe(5);
    expect(metrics.total(engineMetrics.bytesSent)).toBe(8 + 11);
    expect(metrics.total(engineMetrics.writes)).toBe(2);
  });

  it('stand where they were published, before and behind what is for the session alone', () => {
    const { clock, hub, open } = setUp();
    const [first, second] = [open(['a']), open(['a'])];
    hub.publish('a', 1);
    first.session.send('reply');
    hub.publish('a', 2);
    clock.turn();
    expect(first.socket.messages).toEqual(['1', 'reply', '2']);
    expect(first.socket.writes).toBe(1);
    expect(second.socket.messages).toEqual(['1', '2']);
  });

  it('that are published while slices leave go with the next', () => {
    const { clock, hub, open } = setUp();
    const sessions = Array.from({ length: 300 }, () => open(['a']));
    hub.publish('a', 1);
    clock.soon(() => hub.publish('a', 2));
    clock.turn();
    expect(sessions.map(({ socket }) => socket.writes)).toEqual(
      sessions.map((_, position) => (position < 256 ? 2 : 1)),
    );
    for (const { socket } of sessions) expect(socket.messages).toEqual(['1', '2']);
  });

  it('leave and gather anew once they reach the limit, also if somebody is owed but a few of them', () => {
    const { hub, open } = setUp();
    const options = { outboundBytes: 100 };
    const [few, many] = [open(['a'], options), open(['b'], options)];
    hub.publish('a', 1);
    for (let event = 0; event < 100; event++) hub.publish('b', '12345678');
    expect(few.socket.messages).toEqual(['1']);
    expect(many.socket.writes).toBeLessThan(11);
  });

  it('are gathered for so many variants only that a session finds its own among them', () => {
    const { clock, hub, open } = setUp();
    hub.define<number, string>({
      name: 'c',
      render: (event, { variant }) => `${event} ${variant}`,
      filter: { variant: (name) => name },
    });
    const gathered = jest.spyOn(Broadcast.prototype, 'append');
    const sessions = Array.from({ length: 40 }, () => open([]));
    for (const [name, { session }] of sessions.entries()) session.subscribe('c', String(name));
    hub.publish('c', 1);
    hub.publish('c', 2);
    clock.turn();
    expect(gathered).toHaveBeenCalledTimes(32);
    for (const [name, { socket }] of sessions.entries()) {
      expect(socket.messages).toEqual([`1 ${name}`, `2 ${name}`]);
    }
    gathered.mockRestore();
  });

  it('are not for who has subscribed after them', () => {
    const { clock, hub, open } = setUp();
    const early = open(['a']);
    hub.publish('a', 1);
    const late = open(['a']);
    early.session.subscribe('b');
    hub.publish('b', 2);
    early.session.unsubscribe('b');
    hub.publish('b', 3);
    hub.publish('a', 4);
    clock.turn();
    expect(early.socket.messages).toEqual(['1', '2', '4']);
    expect(late.socket.messages).toEqual(['4']);
  });

  it('go nowhere, and are kept nowhere, where nobody is left', () => {
    const { clock, hub, open } = setUp();
    const { session } = open(['a']);
    hub.publish('a', 1);
    session.terminate();
    hub.publish('a', 2);
    expect(clock.pending).toBe(0);
  });
});

describe('a session that has no room', () => {
  it('holds messages as its flow control says, and is sent them with all others once it has room again', () => {
    const { clock, hub, open } = setUp();
    const [slow, quick] = [open(['a'], { socket: { kernelBytes: 0 } }), open(['a'])];
    hub.publish('a', 1);
    clock.turn();
    hub.publish('a', 2);
    clock.turn();
    expect(slow.socket.messages).toEqual(['1']);
    slow.socket.drain();
    slow.session.drained();
    hub.publish('a', 3);
    hub.publish('a', 4);
    clock.turn();
    expect(slow.socket.messages).toEqual(['1', '2', '3', '4']);
    expect(slow.given.at(-1)?.[0]).toBe(quick.given.at(-1)?.[0]);
  });

  it('is the only one that a policy that writes through is made for', () => {
    const create = jest.fn((outlet: FlowOutlet) => inOrder().create(outlet));
    const { clock, hub, open } = setUp({ scope: 'session', writesThrough: true, create });
    const [slow] = [open(['a'], { socket: { kernelBytes: 0 } }), open(['a'])];
    expect(slow.session.subscription('a')?.held).toEqual({ messages: 0, bytes: 0 });
    hub.publish('a', 1);
    clock.turn();
    expect(create).not.toHaveBeenCalled();
    hub.publish('a', 2);
    hub.publish('a', 3);
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('is found within the turn in which too much is published for it', () => {
    const { hub, open } = setUp();
    const options = { outboundBytes: 100 };
    const slow = open(['a'], { ...options, socket: { kernelBytes: 10 } });
    const quick = open(['a'], options);
    for (let event = 0; event < 40; event++) hub.publish('a', '12345678');
    expect(slow.session.phase).toBe('closed');
    expect(quick.session.phase).toBe('open');
    expect(quick.session.backlog).toBeLessThanOrEqual(100);
    expect(quick.socket.messages.length).toBeGreaterThan(20);
  });

  it('is found when what was for it alone and what was for all exceed the limit together', () => {
    const { clock, hub, open } = setUp();
    const { session } = open(['a'], { outboundBytes: 100, socket: { kernelBytes: 0 } });
    session.send('x'.repeat(80));
    hub.publish('a', 'x'.repeat(80));
    clock.turn();
    expect(session.phase).toBe('closed');
  });

  it('costs the others nothing if its socket throws', () => {
    const { clock, hub, open } = setUp();
    const [broken, whole] = [open(['a']), open(['a'])];
    broken.socket.terminate();
    hub.publish('a', 1);
    hub.publish('a', 2);
    clock.turn();
    expect([broken.session.phase, whole.session.phase]).toEqual(['closed', 'open']);
    expect(whole.socket.messages).toEqual(['1', '2']);
  });

  it.each<[string, object | undefined]>([
    ['all', undefined],
    ['those with its key', { subscriptionKeys: () => ['key'], eventKeys: () => ['key'] }],
  ])('costs the others of %s nothing if its socket throws at its limit', (_, filter) => {
    const { hub, open } = setUp();
    hub.define({ name: 'c', render: String, flow: inOrder(), ...(filter && { filter }) });
    const options = { outboundBytes: 20 };
    const [broken, whole] = [open(['c'], options), open(['c'], options)];
    broken.socket.terminate();
    for (let event = 0; event < 4; event++) hub.publish('c', '12345678');
    whole.session.flush();
    expect(whole.socket.messages).toHaveLength(4);
    expect(broken.socket.messages).toHaveLength(0);
  });

  it('keeps what comes while it is written to until it has room', () => {
    const { clock, hub, open } = setUp();
    const { session, socket } = open(['a'], { socket: { kernelBytes: 0 } });
    const write = FakeSocket.prototype.write.bind(socket);
    socket.write = (frames, bytes) => {
      if (socket.writes === 0) hub.publish('a', 2);
      return write(frames, bytes);
    };
    hub.publish('a', 1);
    clock.turn();
    expect(socket.messages).toEqual(['1']);
    socket.drain();
    session.drained();
    expect(socket.messages).toEqual(['1', '2']);
  });
});
