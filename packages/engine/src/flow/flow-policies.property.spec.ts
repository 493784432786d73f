/** Rules that every policy with a queue keeps, under any interleaving of offers, stalls, drains, commands and an end. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FakeOutlet } from '../testing/fake-outlet.js';
import { afterAnswers } from './after-answers.flow.js';
import { boundedQueue } from './bounded-queue.flow.js';
import { deadline } from './deadline.flow.js';
import { disconnectSlow } from './disconnect-slow.flow.js';
import { dropOldest } from './drop-oldest.flow.js';
import type { FlowPolicy, SessionFlowControl } from './flow-control.js';
import { latestOnly } from './latest-only.flow.js';

interface Numbered {
  readonly number: number;
  readonly key: string;
}

const limits = { messages: 4, bytes: 40 };

const policies = {
  disconnectSlow: disconnectSlow({ ...limits, afterMs: 50 }),
  deadline: deadline({ ...limits, afterMs: 50 }),
  'boundedQueue, disconnect': boundedQueue(limits),
  'boundedQueue, drop oldest': boundedQueue({ ...limits, overflow: 'dropOldest' }),
  dropOldest: dropOldest(limits),
  latestOnly: latestOnly<Numbered>({ ...limits, by: ({ key }) => key }),
  'afterAnswers, drop oldest': afterAnswers(dropOldest(limits)),
};

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('offer' as const),
      size: fc.integer({ min: 1, max: 45 }),
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('stall' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('drain' as const), room: fc.nat({ max: 6 }) }),
  },
  // Room that the policy has not heard of yet.
  { weight: 1, arbitrary: fc.record({ does: fc.constant('room' as const) }) },
  // A command of the client begins or is done.
  { weight: 1, arbitrary: fc.record({ does: fc.constant('command' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('wait' as const), ms: fc.nat({ max: 40 }) }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A run of a policy against a socket. A frame starts with its event's number. */
class Run {
  readonly outlet = new FakeOutlet();
  readonly offered: (Numbered & { size: number })[] = [];
  readonly policy: FlowPolicy<Numbered>;

  constructor(flow: SessionFlowControl<Numbered>) {
    this.policy = flow.create(this.outlet);
  }

  take(action: Step): void {
    if (this.outlet.evictedFor !== undefined) return;
    switch (action.does) {
      case 'offer': {
        const event = { number: this.offered.length, key: action.key };
        const frame = Buffer.alloc(action.size + 1);
        frame.writeUInt8(event.number);
        this.offered.push({ ...event, size: frame.length });
        this.policy.offer({ frame, event });
        break;
      }
      case 'stall':
        this.outlet.takes(0);
        break;
      case 'drain':
        this.outlet.takes(action.room);
        if (action.room > 0) this.policy.drained();
        break;
      case 'room':
        this.outlet.takes(2);
        break;
      case 'command':
        if (this.outlet.answering) this.outlet.commandEnds();
        else this.outlet.commandBegins();
        break;
      case 'wait':
        this.outlet.clock.advance(action.ms);
        break;
    }
  }

  get sent(): number[] {
    return this.outlet.sent.map((frame) => frame.readUInt8());
  }
}

/** Runs a policy and checks `rule` after every step. */
function always(flow: SessionFlowControl<Numbered>, rule: (run: Run, last: Step) => void): void {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const run = new Run(flow);
      for (const action of steps) {
        run.take(action);
        rule(run, action);
      }
    }),
    { numRuns: 40 },
  );
}

describe.each<[string, SessionFlowControl<Numbered>]>(Object.entries(policies))(
  '%s',
  (name, flow) => {
    it('never holds more messages or bytes than it may', () => {
      always(flow, ({ policy }) => {
        expect(policy.held.messages).toBeLessThanOrEqual(limits.messages);
        expect(policy.held.bytes).toBeLessThanOrEqual(limits.bytes);
      });
    });

    it('keeps the order of events', () => {
      always(flow, ({ sent }) => {
        expect(sent).toEqual([...sent].sort((a, b) => a - b));
        expect(new Set(sent).size).toBe(sent.length);
      });
    });

    it('sent, holds, or reported as lost every message it was given', () => {
      always(flow, ({ sent, policy, outlet, offered }) => {
        expect(sent.length + policy.held.messages + outlet.lost).toBe(offered.length);
      });
    });

    it('only writes while it holds nothing and there is room, if it says so', () => {
      always(flow, (run, { does }) => {
        const { outlet, policy } = run;
        if (flow.writesThrough !== true || does !== 'drain' || !outlet.writable) return;
        outlet.takes(Infinity);
        const pending = outlet.clock.pending;
        run.take({ does: 'offer', size: 50, key: 'a' });
        expect(run.sent.at(-1)).toBe(run.offered.length - 1);
        expect([policy.held.messages, outlet.clock.pending]).toEqual([0, pending]);
      });
    });

    it('holds nothing after a drain that left room', () => {
      always(flow, ({ policy, outlet }, { does }) => {
        if (does !== 'drain') return;
        if (outlet.answering) outlet.commandEnds();
        if (!outlet.writable) return;
        expect(policy.held).toEqual({ messages: 0, bytes: 0 });
      });
    });

    it('forgets what it holds and leaves no timer when it ends', () => {
      always(flow, (run) => {
        if (run.offered.length < 10) return;
        run.policy.end();
        expect(run.policy.held).toEqual({ messages: 0, bytes: 0 });
        expect(run.outlet.clock.pending).toBe(0);
      });
    });

    if (['disconnectSlow', 'deadline', 'boundedQueue, disconnect'].includes(name)) {
      it('loses nothing of a session that lives', () => {
        always(flow, ({ outlet }) => {
          if (outlet.evictedFor === undefined) expect(outlet.lost).toBe(0);
        });
      });
    } else {
      it('never ends a session', () => {
        always(flow, ({ outlet }) => {
          expect(outlet.evictedFor).toBeUndefined();
        });
      });
    }
  },
);

/** Takes up to `limits` of the newest of `waiting`, unbroken; what is left over is lost. */
function newest<T extends { readonly size: number }>(waiting: readonly T[]): T[] {
  let bytes = 0;
  let from = waiting.length;
  while (from > 0 && waiting.length - from < limits.messages) {
    const size = waiting[from - 1]?.size ?? 0;
    if (bytes + size > limits.bytes) break;
    bytes += size;
    from--;
  }
  return waiting.slice(from);
}

/** Everything that a run would still send, by sending it. */
function drained(run: Run): number[] {
  const before = run.sent.length;
  run.outlet.takes(Infinity);
  run.policy.drained();
  return run.sent.slice(before);
}

describe('what waits while the socket is full', () => {
  const offers = fc.array(step, { maxLength: 40, size: 'max' });

  it('is, with dropOldest, the newest messages that fit, unbroken', () => {
    fc.assert(
      fc.property(offers, (steps) => {
        const run = new Run(policies.dropOldest);
        run.outlet.takes(0);
        for (const action of steps) if (action.does === 'offer') run.take(action);
        const expected = newest(run.offered).map(({ number }) => number);
        expect(drained(run)).toEqual(expected);
      }),
    );
  });

  it('is, with latestOnly, the newest message of every key that still fits', () => {
    fc.assert(
      fc.property(offers, (steps) => {
        const run = new Run(policies.latestOnly);
        run.outlet.takes(0);
        let waiting: Run['offered'] = [];
        for (const action of steps) {
          if (action.does !== 'offer') continue;
          run.take(action);
          const others = waiting.filter(({ key }) => key !== action.key);
          waiting = newest([...others, ...run.offered.slice(-1)]);
        }
        expect(drained(run)).toEqual(waiting.map(({ number }) => number));
      }),
    );
  });
});
