import { describe, expect, it } from '@jest/globals';
import { FakeOutlet, policyUnderTest } from '../testing/fake-outlet.js';
import { fakeSession } from '../testing/fake-session.js';
import { ManualClock } from '../testing/manual-clock.js';
import { TopicHub } from '../topics/topic-hub.js';
import { json } from '../codecs/json.codec.js';
import { deadline, type DeadlineOptions } from './deadline.flow.js';

const message = { frame: Buffer.alloc(10), event: undefined };

const setUp = (options?: DeadlineOptions) => policyUnderTest(deadline(options));

describe('deadline', () => {
  it('keeps no timer while messages are taken', () => {
    const { outlet, policy, clock } = setUp();
    policy.offer(message);
    clock.turn();
    expect(outlet.sent).toEqual([message.frame]);
    expect(clock.pending).toBe(0);
  });

  it('aborts a session that has not taken a message five seconds after it was queued', () => {
    const { outlet, policy, clock } = setUp();
    outlet.takes(0);
    policy.offer(message);
    clock.advance(4999);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBe('not taken within 5000 ms');
    expect(outlet.evictedHow).toBe('abort');
    expect(outlet.lost).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it.each([-3_600_000, 3_600_000])('is not led astray by a wall clock set by %d ms', (ms) => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    policy.offer(message);
    clock.advance(99);
    clock.setWall(ms);
    policy.offer(message);
    clock.turn();
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBe('not taken within 100 ms');
  });

  it('spares a session whose socket took its messages while the event loop stood still', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    policy.offer(message);
    clock.standStill(15_000);
    // Sockets are dealt with after timers.
    clock.soon(() => {
      outlet.takes(Infinity);
      policy.drained();
    });
    clock.turn();
    expect(outlet.evictedFor).toBeUndefined();
    expect(outlet.sent).toHaveLength(1);
  });

  it('counts the time of a message that fills the socket itself', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(1);
    policy.offer(message);
    clock.advance(99);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBeDefined();
  });

  it('counts the time of a message that is written while earlier ones are flushed', () => {
    const topics = new TopicHub({ codec: json() });
    topics.define({ name: 'block', render: (text) => text, flow: deadline(), autoSubscribe: true });
    const { session, socket, clock } = fakeSession({ topics });
    topics.connect(session);
    topics.publish('block', 'taken');
    clock.soon(() => {
      socket.stall();
      topics.publish('block', 'not taken');
    });
    clock.turn();
    clock.advance(4999);
    expect(session.phase).toBe('open');
    clock.advance(1);
    expect(session.phase).not.toBe('open');
  });

  it('counts the time of a message from when it came, although an earlier one was taken before it was looked at', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(1);
    policy.offer(message);
    outlet.takes(Infinity);
    policy.drained();
    clock.advance(200);
    outlet.takes(1);
    policy.offer(message);
    clock.advance(99);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBe('not taken within 100 ms');
  });

  it('counts the time a message waits for earlier ones, whatever progress those make', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    policy.offer(message);
    clock.advance(50);
    policy.offer(message);
    clock.advance(40);
    outlet.takes(2);
    policy.drained();
    expect(outlet.sent).toHaveLength(2);
    // The socket is full again: the first message, queued at 0, may be among what waits.
    clock.advance(9);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBeDefined();
  });

  it('sends nothing before what waits, even if there is room that it has not heard of', () => {
    const { outlet, policy } = setUp();
    const [first, second] = [Buffer.from('first'), Buffer.from('second')];
    outlet.takes(0);
    policy.offer({ frame: first, event: undefined });
    outlet.takes(Infinity);
    policy.offer({ frame: second, event: undefined });
    policy.drained();
    expect(outlet.sent).toEqual([first, second]);
  });

  it('forgives a message that was taken in time', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(1);
    policy.offer(message);
    clock.advance(99);
    outlet.takes(Infinity);
    policy.drained();
    clock.advance(1000);
    expect(outlet.evictedFor).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  it('does not hold an earlier message against a session that took it', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    policy.offer(message);
    clock.advance(60);
    outlet.takes(1);
    policy.offer(message);
    clock.advance(99);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBeDefined();
  });

  it.each<[string, DeadlineOptions]>([
    ['messages', { messages: 2 }],
    ['bytes', { bytes: 29 }],
  ])('aborts a session for which too many %s wait, and reports all of them lost', (_, options) => {
    const { outlet, policy, clock } = setUp(options);
    outlet.takes(0);
    for (let count = 0; count < 3; count++) policy.offer(message);
    expect(outlet.evictedFor).toBe('outbound queue is full');
    expect(outlet.lostFor).toEqual(['evicted']);
    expect(outlet.lost).toBe(3);
    expect(policy.held).toEqual({ messages: 0, bytes: 0 });
    expect(clock.pending).toBe(0);
  });

  it('has one timer for all sessions that wait, each ends at its own time', () => {
    const flow = deadline({ afterMs: 100 });
    const clock = new ManualClock();
    const outlets = Array.from({ length: 50 }, () => {
      const outlet = new FakeOutlet(clock);
      outlet.takes(0);
      flow.create(outlet).offer(message);
      clock.advance(1);
      return outlet;
    });
    expect(clock.pending).toBe(1);
    clock.advance(50);
    const gone = () => outlets.map(({ evictedFor }) => evictedFor !== undefined);
    expect(gone().filter(Boolean)).toHaveLength(1);
    clock.advance(10);
    expect(gone()).toEqual(outlets.map((_, index) => index <= 10));
    clock.advance(100);
    expect(gone().every(Boolean)).toBe(true);
    expect(clock.pending).toBe(0);
  });

  describe('with several sessions', () => {
    function setUpSeveral() {
      const flow = deadline({ afterMs: 100 });
      const clock = new ManualClock();
      /** Offers a message to a session that takes so many. */
      const open = (frames: number) => {
        const outlet = new FakeOutlet(clock);
        outlet.takes(frames);
        const policy = flow.create(outlet);
        policy.offer(message);
        return { outlet, policy };
      };
      return { clock, open };
    }

    it('still ends who does not read when another that waits is gone', () => {
      const { clock, open } = setUpSeveral();
      const { outlet } = open(0);
      open(0).policy.end();
      clock.advance(99);
      expect(outlet.evictedFor).toBeUndefined();
      clock.advance(1);
      expect(outlet.evictedFor).toBe('not taken within 100 ms');
    });

    it('still ends who has filled the socket when another goes before its own was looked at', () => {
      const { clock, open } = setUpSeveral();
      const early = open(1);
      const gone = open(1);
      const others = [early.outlet];
      clock.soon(() => {
        others.push(open(1).outlet);
        gone.policy.end();
      });
      clock.advance(99);
      expect(others.map(({ evictedFor }) => evictedFor)).toEqual([undefined, undefined]);
      clock.advance(1);
      const late = 'not taken within 100 ms';
      expect(others.map(({ evictedFor }) => evictedFor)).toEqual([late, late]);
      expect([gone.outlet.evictedFor, clock.pending]).toEqual([undefined, 0]);
    });
  });

  it('keeps the time of two applications apart', () => {
    const flow = deadline({ afterMs: 100 });
    const [one, other] = [new FakeOutlet(), new FakeOutlet()];
    for (const outlet of [one, other]) {
      outlet.takes(0);
      flow.create(outlet).offer(message);
    }
    one.clock.advance(100);
    expect([one.evictedFor, other.evictedFor]).toEqual(['not taken within 100 ms', undefined]);
  });
});

describe('deadline on a topic', () => {
  it('ends who does not read, without a Close frame, and delays nobody', () => {
    const clock = new ManualClock();
    const hub = new TopicHub({ codec: json(), clock });
    hub.define<string, undefined>({
      name: 'block',
      render: (text) => text,
      flow: deadline({ afterMs: 100 }),
    });
    const slow = fakeSession({ clock, topics: hub, socket: { kernelBytes: 8 } });
    const fast = fakeSession({ clock, topics: hub });
    for (const { session } of [slow, fast]) session.subscribe('block');
    for (const text of ['one', 'two', 'three', 'four']) {
      hub.publish('block', text);
      clock.advance(30);
    }
    expect(fast.socket.messages).toEqual(['one', 'two', 'three', 'four']);
    expect(slow.session.phase).toBe('open');
    clock.advance(10);
    expect(slow.session.phase).toBe('closed');
    expect(slow.socket.terminated).toBe(true);
    expect(slow.socket.closedWith).toBeUndefined();
    expect(hub.receivers('block')).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('counts the time of every session, however many slices it takes to write to them', () => {
    const clock = new ManualClock();
    const hub = new TopicHub({ codec: json({ command: 'action' }), clock });
    hub.define({
      name: 'block',
      render: (text) => text,
      flow: deadline({ afterMs: 100 }),
    });
    const clients = Array.from({ length: 700 }, () =>
      fakeSession({ clock, topics: hub, socket: { kernelBytes: 0 } }),
    );
    for (const { session } of clients) session.subscribe('block');
    hub.publish('block', 'one');
    clock.advance(99);
    expect(hub.receivers('block')).toBe(700);
    clock.advance(1);
    expect(hub.receivers('block')).toBe(0);
  });
});
