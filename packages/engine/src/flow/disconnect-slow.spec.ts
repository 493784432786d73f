import { describe, expect, it } from '@jest/globals';
import { json } from '../codecs/json.codec.js';
import { policyUnderTest } from '../testing/fake-outlet.js';
import { fakeSession, ManualClock } from '../testing/index.js';
import { TopicHub } from '../topics/topic-hub.js';
import { disconnectSlow, type DisconnectSlowOptions } from './disconnect-slow.flow.js';

const message = { frame: Buffer.alloc(10), event: undefined };

const setUp = (options?: DisconnectSlowOptions) => policyUnderTest(disconnectSlow(options));

describe('disconnectSlow', () => {
  it('sets no timer while the socket has room', () => {
    const { outlet, policy, clock } = setUp();
    policy.offer(message);
    expect(outlet.sent).toEqual([message.frame]);
    expect(clock.pending).toBe(0);
  });

  it('evicts a session whose socket stands still for five seconds, unless told otherwise', () => {
    const { outlet, policy, clock } = setUp();
    outlet.takes(0);
    policy.offer(message);
    clock.advance(4999);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBe('no progress for 5000 ms');
    expect(outlet.lost).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('spares a session whose socket takes bytes, and counts from its last progress', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    outlet.queuedBytes = 1000;
    policy.offer(message);
    clock.advance(80);
    outlet.queuedBytes = 900;
    policy.offer(message);
    clock.advance(99);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBe('no progress for 100 ms');
  });

  it.each([-3_600_000, 3_600_000])('is not led astray by a wall clock set by %d ms', (ms) => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    policy.offer(message);
    clock.advance(99);
    clock.setWall(ms);
    clock.turn();
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBe('no progress for 100 ms');
  });

  it('spares a session whose socket took bytes while the event loop stood still', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    policy.offer(message);
    clock.standStill(15_000);
    // Sockets are dealt with after timers.
    clock.soon(() => {
      outlet.takes(1);
      policy.drained();
    });
    clock.turn();
    expect(outlet.evictedFor).toBeUndefined();
    expect(outlet.sent).toHaveLength(1);
  });

  it('notices progress between two messages', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    outlet.queuedBytes = 1000;
    policy.offer(message);
    clock.advance(50);
    outlet.queuedBytes = 900;
    clock.advance(149);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBeDefined();
  });

  it('has one timer, however often a look has found progress', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    outlet.queuedBytes = 1000;
    policy.offer(message);
    for (let look = 0; look < 5; look++) {
      outlet.queuedBytes -= 100;
      clock.advance(100);
      expect(clock.pending).toBe(1);
    }
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(100);
    expect(outlet.evictedFor).toBe('no progress for 100 ms');
  });

  it('does not take bytes that others put into the socket for progress', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    outlet.queuedBytes = 1000;
    policy.offer(message);
    outlet.queuedBytes = 2000;
    clock.advance(99);
    policy.offer(message);
    clock.advance(1);
    expect(outlet.evictedFor).toBeDefined();
  });

  it('starts anew after a drain', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    policy.offer(message);
    policy.offer(message);
    clock.advance(99);
    outlet.takes(1);
    policy.drained();
    expect(policy.held.messages).toBe(1);
    clock.advance(99);
    outlet.takes(1);
    policy.drained();
    clock.advance(1000);
    expect(outlet.evictedFor).toBeUndefined();
    expect(outlet.sent).toHaveLength(2);
  });

  it('goes on watching while a drain leaves something behind', () => {
    const { outlet, policy, clock } = setUp({ afterMs: 100 });
    outlet.takes(0);
    policy.offer(message);
    policy.offer(message);
    clock.advance(50);
    outlet.takes(1);
    policy.drained();
    clock.advance(99);
    expect(outlet.evictedFor).toBeUndefined();
    clock.advance(1);
    expect(outlet.evictedFor).toBe('no progress for 100 ms');
    expect(outlet.lost).toBe(1);
  });

  it.each<[string, DisconnectSlowOptions]>([
    ['messages', { messages: 2 }],
    ['bytes', { bytes: 29 }],
  ])('evicts a session for which too many %s wait, and reports all of them lost', (_, options) => {
    const { outlet, policy, clock } = setUp(options);
    outlet.takes(0);
    policy.offer(message);
    policy.offer(message);
    expect(outlet.evictedFor).toBeUndefined();
    policy.offer(message);
    expect(outlet.evictedFor).toBe('outbound queue is full');
    expect(outlet.lost).toBe(3);
    expect(policy.held).toEqual({ messages: 0, bytes: 0 });
    expect(clock.pending).toBe(0);
  });
});

describe('disconnectSlow on a topic', () => {
  it('has one timer for all sessions that wait, and evicts each at its own time', () => {
    const clock = new ManualClock();
    const hub = new TopicHub({ codec: json(), clock });
    hub.define({ name: 'block', render: String, flow: disconnectSlow({ afterMs: 100 }) });
    const clients = [0, 1, 2].map(() => {
      const client = fakeSession({ clock, topics: hub, socket: { kernelBytes: 0 } });
      client.session.subscribe('block');
      return client;
    });
    hub.publish('block', 1);
    clock.turn();
    hub.publish('block', 2);
    expect(clock.pending).toBe(1);
    clock.advance(60);
    clients[1]?.session.closed();
    clients[2]?.socket.drain();
    clients[2]?.session.drained();
    clients[2]?.socket.stall();
    hub.publish('block', 3);
    clock.turn();
    hub.publish('block', 4);
    expect(clock.pending).toBe(1);
    clock.advance(40);
    expect(clients.map(({ session }) => session.phase)).toEqual(['closed', 'closed', 'open']);
    clock.advance(59);
    expect(clients[2]?.session.phase).toBe('open');
    clock.advance(1);
    expect(clients[2]?.session.phase).toBe('closed');
    expect(clock.pending).toBe(0);
  });
});
