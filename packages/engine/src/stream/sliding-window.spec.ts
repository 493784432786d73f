import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WindowRefusal } from './sliding-window.js';
import { SlidingWindow } from './sliding-window.js';

describe('SlidingWindow', () => {
  it('hathor §7.55 starts inactive, with window 0 and nothing sent or acknowledged', () => {
    expect(new SlidingWindow().current).toEqual({
      active: false,
      sent: null,
      acked: null,
      size: 0,
    });
  });

  it.each([
    [null, null, 0, false, 0, false],
    [null, null, 0, true, 0, false],
    [null, null, 1, true, 0, true],
    [0, null, 1, true, 1, false],
    [0, 0, 1, false, 1, false],
    [0, 0, 1, true, 1, true],
    [1, 0, 1, true, 2, false],
    [1, 0, 2, true, 2, true],
    [2, 2, 3, true, 3, true],
    [4, 2, 3, true, 5, true],
    [4, 2, 3, true, 4, false],
    [5, 2, 3, true, 6, false],
  ])(
    'hathor §7.56 sent %p, acked %p, window %p, active %p: event %p may be sent: %p',
    (sent, acked, size, active, id, allowed) => {
      expect(new SlidingWindow({ active, sent, acked, size }).maySend(id)).toBe(allowed);
    },
  );

  it('hathor §7.62 takes position and size from a valid acknowledgement', () => {
    const window = new SlidingWindow({ active: true, sent: 10, acked: null, size: 20 });
    expect(window.ack(10, 30)).toBeUndefined();
    expect(window.current).toEqual({ active: true, sent: 10, acked: 10, size: 30 });
  });

  it.each([null, 0, 10, 1_000_000])(
    'hathor §7.63 starts after %p on a connection that never acknowledged',
    (last) => {
      const window = new SlidingWindow({ active: false, sent: 5, acked: null, size: 0 });
      expect(window.start(last, 8)).toBeUndefined();
      expect(window.current).toEqual({ active: true, sent: last, acked: last, size: 8 });
    },
  );

  it.each<[number, number | null, number, WindowRefusal]>([
    [1, null, 0, 'ACK_TOO_SMALL'],
    [1, 1, 1, 'ACK_TOO_SMALL'],
    [10, 1, 5, 'ACK_TOO_SMALL'],
    [10, 1, 10, 'ACK_TOO_SMALL'],
    [0, null, 1, 'ACK_TOO_LARGE'],
    [0, 0, 1, 'ACK_TOO_LARGE'],
    [5, 1, 10, 'ACK_TOO_LARGE'],
  ])('hathor §7.64 acked %p, sent %p: ack %p is refused with %s', (acked, sent, id, refusal) => {
    const window = new SlidingWindow({ active: true, sent, acked, size: 1 });
    const before = window.current;
    expect(window.ack(id, 9)).toBe(refusal);
    expect(window.current).toEqual(before);
  });

  it('gives its values as they were when asked', () => {
    const window = new SlidingWindow({ active: true, sent: 3, acked: 0, size: 9 });
    const before = window.current;
    window.advance(2);
    expect([before.sent, window.current.sent]).toEqual([3, 5]);
  });

  it('rewinds to the acknowledged event, so that later ones are sent again', () => {
    const window = new SlidingWindow({ active: true, sent: 9, acked: null, size: 10 });
    window.ack(4, 10);
    expect(window.next).toBe(5);
    expect(window.credit).toBe(10);
  });

  it('keeps its positions when stopped, and then starts only above the last acknowledged event', () => {
    const window = new SlidingWindow();
    window.start(null, 5);
    window.advance(3);
    window.ack(2, 5);
    expect(window.stop()).toBeUndefined();
    expect(window.stop()).toBe('INACTIVE');
    expect(window.start(null, 5)).toBe('ACK_TOO_SMALL');
    expect(window.start(2, 5)).toBe('ACK_TOO_SMALL');
    expect(window.current.active).toBe(false);
    expect(window.start(3, 5)).toBeUndefined();
    expect(window.start(9, 5)).toBe('ACTIVE');
  });

  it('starts from the first event again after a stop if nothing was ever acknowledged', () => {
    const window = new SlidingWindow();
    window.start(null, 5);
    window.advance(5);
    window.stop();
    expect(window.start(null, 5)).toBeUndefined();
    expect(window.next).toBe(0);
  });

  it('sends nothing with window 0, and no acknowledgement gets it going again', () => {
    const window = new SlidingWindow();
    window.start(7, 0);
    expect(window.credit).toBe(0);
    expect(window.ack(7, 5)).toBe('ACK_TOO_SMALL');
    expect(window.ack(8, 5)).toBe('ACK_TOO_LARGE');
  });

  it('tells acknowledgements around a start beyond 2^53 apart', () => {
    const window = new SlidingWindow();
    window.start(2n ** 60n, 5);
    expect(window.next).toBe(Infinity);
    expect(window.ack(2n ** 60n, 5)).toBe('ACK_TOO_SMALL');
    expect(window.ack(2n ** 60n + 1n, 5)).toBe('ACK_TOO_LARGE');
    expect(window.ack(3, 5)).toBe('ACK_TOO_SMALL');
  });

  it('does what contract 2.5 says, step by step, whatever a client asks', () => {
    const id = fc.oneof(fc.nat(20), fc.constant(null));
    const request = fc.oneof(
      fc.record({ kind: fc.constant('start' as const), id, size: fc.nat(6) }),
      fc.record({ kind: fc.constant('ack' as const), id: fc.nat(20), size: fc.nat(6) }),
      fc.record({ kind: fc.constant('stop' as const) }),
      fc.record({ kind: fc.constant('pump' as const), stored: fc.nat(25) }),
    );
    fc.assert(
      fc.property(fc.array(request, { maxLength: 60, size: 'max' }), (requests) => {
        const window = new SlidingWindow();
        const contract = new Contract();
        for (const step of requests) {
          if (step.kind === 'start') {
            expect(window.start(step.id, step.size)).toBe(contract.start(step.id, step.size));
          } else if (step.kind === 'ack') {
            expect(window.ack(step.id, step.size)).toBe(contract.ack(step.id, step.size));
          } else if (step.kind === 'stop') {
            expect(window.stop()).toBe(contract.stop());
          } else {
            const due = contract.pump(step.stored);
            const next = window.next;
            const count = Math.max(0, Math.min(window.credit, step.stored - next));
            expect(Array.from({ length: count }, (_, offset) => next + offset)).toEqual(due);
            if (count > 0) window.advance(count);
          }
          const { active, sent, acked, size } = contract;
          expect(window.current).toEqual({ active, sent, acked, size });
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** The contract's own words, one event at a time. */
class Contract {
  active = false;
  sent: number | null = null;
  acked: number | null = null;
  size = 0;

  start(last: number | null, size: number): string | undefined {
    if (this.active) return 'ACTIVE';
    this.sent = last;
    if (this.acked !== null && (last === null || last <= this.acked)) return 'ACK_TOO_SMALL';
    this.acked = last;
    this.size = size;
    this.active = true;
    return undefined;
  }

  ack(id: number, size: number): string | undefined {
    if (!this.active) return 'INACTIVE';
    if (this.acked !== null && id <= this.acked) return 'ACK_TOO_SMALL';
    if (this.sent === null || id > this.sent) return 'ACK_TOO_LARGE';
    this.acked = id;
    this.sent = id;
    this.size = size;
    return undefined;
  }

  stop(): string | undefined {
    if (!this.active) return 'INACTIVE';
    this.active = false;
    return undefined;
  }

  /** Ids sent while `stored` events exist. */
  pump(stored: number): number[] {
    const ids: number[] = [];
    for (;;) {
      const next = this.sent === null ? 0 : this.sent + 1;
      const pending = this.sent === null ? 0 : this.sent - (this.acked ?? -1);
      if (!this.active || pending >= this.size || next >= stored) return ids;
      this.sent = next;
      ids.push(next);
    }
  }
}
