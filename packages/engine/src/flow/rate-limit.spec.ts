import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '../testing/manual-clock.js';
import type { DropReason } from './flow-control.js';
import { LeakyBucket } from './leaky-bucket.js';
import { rateLimit, type RateLimitOptions } from './rate-limit.flow.js';

interface Release {
  readonly event: number;
  readonly at: number;
  readonly throttled: boolean;
}

function setUp(options: RateLimitOptions) {
  const clock = new ManualClock(0);
  const released: Release[] = [];
  const lost = { events: 0, reasons: new Set<DropReason | undefined>() };
  const gate = rateLimit(options).create({
    clock,
    release: (event, _time, throttled) => {
      released.push({ event: event as number, at: clock.now(), throttled });
    },
    dropped: (events, reason) => {
      lost.events += events;
      lost.reasons.add(reason);
    },
  });
  const offer = (...events: number[]) => {
    for (const event of events) gate.offer(event, clock.now());
  };
  return { clock, released, lost, gate, offer };
}

describe('LeakyBucket', () => {
  it('refuses the third of three hits at once with 2 hits per 2 s, and takes two more after 3 s', () => {
    const clock = new ManualClock();
    const bucket = new LeakyBucket(2, 2000, clock);
    expect([bucket.accept(), bucket.accept(), bucket.accept()]).toEqual([true, true, false]);
    clock.advance(3000);
    expect([bucket.accept(), bucket.accept(), bucket.accept()]).toEqual([true, true, false]);
  });

  it('leaks whole hits, and loses no part of one', () => {
    const clock = new ManualClock();
    const bucket = new LeakyBucket(2, 2000, clock);
    bucket.accept();
    bucket.accept();
    const accepted: number[] = [];
    for (let ms = 100; ms <= 5000; ms += 100) {
      clock.advance(100);
      if (bucket.accept()) accepted.push(ms);
    }
    expect(accepted).toEqual([1000, 2000, 3000, 4000, 5000]);
  });

  it.each([-3_600_000, 3_600_000])('leaks evenly when the wall clock is set by %d ms', (ms) => {
    const clock = new ManualClock();
    const bucket = new LeakyBucket(1, 1000, clock);
    expect(bucket.accept()).toBe(true);
    clock.setWall(ms);
    expect(bucket.accept()).toBe(false);
    clock.advance(1000);
    expect(bucket.accept()).toBe(true);
  });
});

describe('rateLimit', () => {
  it('sends at once and not throttled while the bucket has room', () => {
    const { released, offer, clock } = setUp({ hits: 3, windowMs: 2000, queue: 3, retryMs: 100 });
    offer(1, 2, 3);
    expect(released.map(({ throttled }) => throttled)).toEqual([false, false, false]);
    expect(clock.pending).toBe(0);
  });

  it('sends what waits oldest first at retries; only the one that empties the queue is not throttled', () => {
    const { released, offer, clock } = setUp({ hits: 2, windowMs: 1000, queue: 5, retryMs: 400 });
    offer(1, 2, 3, 4, 5);
    clock.advance(3000);
    expect(released).toEqual([
      { event: 1, at: 0, throttled: false },
      { event: 2, at: 0, throttled: false },
      { event: 3, at: 800, throttled: true },
      { event: 4, at: 1200, throttled: true },
      { event: 5, at: 1600, throttled: false },
    ]);
    expect(clock.pending).toBe(0);
  });

  it('queues behind what waits even if the bucket has room again', () => {
    const { released, offer, clock } = setUp({ hits: 1, windowMs: 100, queue: 5, retryMs: 400 });
    offer(1, 2);
    clock.advance(300);
    offer(3);
    expect(released.map(({ event }) => event)).toEqual([1]);
    clock.advance(1000);
    expect(released.map(({ event, throttled }) => [event, throttled])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
  });

  it('drops the oldest of a full queue and reports it', () => {
    const { released, offer, clock, lost } = setUp({
      hits: 1,
      windowMs: 1000,
      queue: 2,
      retryMs: 100,
    });
    offer(1, 2, 3, 4);
    clock.advance(5000);
    expect(released.map(({ event }) => event)).toEqual([1, 3, 4]);
    expect(lost).toEqual({ events: 1, reasons: new Set(['rate']) });
  });

  it('ends while nothing waits', () => {
    const { released, offer, clock, gate } = setUp({
      hits: 1,
      windowMs: 100,
      queue: 2,
      retryMs: 50,
    });
    offer(1);
    gate.end();
    expect(released).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('forgets what waits when it ends', () => {
    const { released, offer, clock, gate } = setUp({
      hits: 1,
      windowMs: 100,
      queue: 2,
      retryMs: 50,
    });
    offer(1, 2);
    gate.end();
    expect(clock.pending).toBe(0);
    clock.advance(1000);
    expect(released).toHaveLength(1);
  });

  it('does what a step-by-step model does, for any limits and arrivals', () => {
    const options = fc.record({
      hits: fc.integer({ min: 1, max: 6 }),
      windowMs: fc.integer({ min: 1, max: 60 }),
      queue: fc.integer({ min: 1, max: 5 }),
      retryMs: fc.integer({ min: 1, max: 20 }),
    });
    // How many events arrive in each millisecond.
    const arrivals = fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2, 5), {
      maxLength: 200,
      size: 'max',
    });
    fc.assert(
      fc.property(options, arrivals, (limits, counts) => {
        const { clock, released, lost, offer } = setUp(limits);
        const model = new Model(limits);
        let event = 0;
        counts.forEach((count, at) => {
          clock.advance(at === 0 ? 0 : 1);
          model.tick(at);
          for (let n = 0; n < count; n++) {
            offer(event);
            model.offer(event++, at);
          }
        });
        expect(released).toEqual(model.released);
        expect(lost.events).toBe(model.lost);
      }),
      { numRuns: 200 },
    );
  });
});

/** The rules of the limit, one millisecond at a time. The level is counted in parts of a hit: one hit is `windowMs`. */
class Model {
  readonly released: Release[] = [];
  lost = 0;
  private level = 0;
  private waiting: number[] = [];
  private retryAt = Infinity;

  constructor(private readonly limits: RateLimitOptions) {}

  tick(at: number): void {
    if (at > 0) this.level = Math.max(0, this.level - this.limits.hits);
    if (at < this.retryAt) return;
    this.retryAt = Infinity;
    while (this.waiting.length > 0 && this.accept()) {
      const event = this.waiting.shift() ?? NaN;
      this.released.push({ event, at, throttled: this.waiting.length > 0 });
    }
    if (this.waiting.length > 0) this.retryAt = at + this.limits.retryMs;
  }

  offer(event: number, at: number): void {
    if (this.waiting.length === 0 && this.accept()) {
      this.released.push({ event, at, throttled: false });
      return;
    }
    this.waiting.push(event);
    if (this.waiting.length > this.limits.queue) {
      this.waiting.shift();
      this.lost++;
    }
    if (this.retryAt === Infinity) this.retryAt = at + this.limits.retryMs;
  }

  /** Whole hits only: what remains of a hit that is leaking still fills its place. */
  private accept(): boolean {
    const { hits, windowMs } = this.limits;
    if (Math.ceil(this.level / windowMs) >= hits) return false;
    this.level += windowMs;
    return true;
  }
}
