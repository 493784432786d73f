/** How much each policy holds for a session that does not read, unless it is told otherwise, and which need not even be asked. */
import { describe, expect, it } from '@jest/globals';
import { policyUnderTest } from '../testing/fake-outlet.js';
import { boundedQueue } from './bounded-queue.flow.js';
import { deadline } from './deadline.flow.js';
import { disconnectSlow } from './disconnect-slow.flow.js';
import { dropOldest } from './drop-oldest.flow.js';
import type { SessionFlowControl } from './flow-control.js';
import { inOrder } from './in-order.flow.js';
import { latestOnly } from './latest-only.flow.js';

const MIB = 1024 * 1024;

function stalled(flow: SessionFlowControl) {
  const { outlet, policy } = policyUnderTest(flow);
  outlet.takes(0);
  let offered = 0;
  const offer = (bytes: number) => {
    policy.offer({ frame: Buffer.alloc(bytes), event: offered++ });
  };
  return { outlet, policy, offer };
}

const eachNumber = latestOnly<unknown>({ by: (event) => event });

describe.each<[string, SessionFlowControl, number, number, string | undefined]>([
  ['disconnectSlow', disconnectSlow(), 10_000, 4 * MIB, 'outbound queue is full'],
  ['deadline', deadline(), 10_000, 4 * MIB, 'outbound queue is full'],
  ['boundedQueue', boundedQueue(), 1000, MIB, 'outbound queue is full'],
  ['dropOldest', dropOldest(), 1000, MIB, undefined],
  ['latestOnly', eachNumber, 1000, MIB, undefined],
])('%s', (_, flow, messages, bytes, evictedFor) => {
  it(`holds ${messages} messages`, () => {
    const { outlet, policy, offer } = stalled(flow);
    for (let count = 0; count < messages; count++) offer(1);
    expect(policy.held).toEqual({ messages, bytes: messages });
    expect(outlet.lost).toBe(0);
    offer(1);
    expect(outlet.lost).toBe(evictedFor === undefined ? 1 : messages + 1);
    expect(outlet.lostFor).toEqual([evictedFor === undefined ? 'overflow' : 'evicted']);
    expect(outlet.evictedFor).toBe(evictedFor);
  });

  it(`holds ${bytes} bytes`, () => {
    const { outlet, policy, offer } = stalled(flow);
    offer(bytes - 1);
    offer(1);
    expect(policy.held).toEqual({ messages: 2, bytes });
    offer(1);
    expect(outlet.lost).toBe(evictedFor === undefined ? 1 : 3);
    expect(outlet.evictedFor).toBe(evictedFor);
  });
});

describe('flow control that only writes while there is room', () => {
  it.each<[string, SessionFlowControl]>([
    ['disconnectSlow', disconnectSlow()],
    ['boundedQueue', boundedQueue()],
    ['dropOldest', dropOldest()],
    ['latestOnly', latestOnly()],
    ['inOrder', inOrder()],
  ])('is %s, so that a topic need not ask it for every session', (_, flow) => {
    expect(flow.writesThrough).toBe(true);
  });
});
