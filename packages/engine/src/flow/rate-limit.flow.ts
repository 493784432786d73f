import { Fifo } from '../fifo.js';
import type { CancelTask } from '../time/clock.js';
import type {
  GateOutlet,
  SessionFlowControl,
  TopicFlowControl,
  TopicGate,
} from './flow-control.js';
import { checkFlowOptions, milliseconds, optionalObject, positiveInteger } from './flow-options.js';
import { LeakyBucket } from './leaky-bucket.js';

/** Options of {@link rateLimit}. */
export interface RateLimitOptions {
  /** What the bucket holds, and what leaks out of it in a window. */
  readonly hits: number;
  /** Length of the window in milliseconds. */
  readonly windowMs: number;
  /** Most events that wait; a full queue drops its oldest. */
  readonly queue: number;
  /** Milliseconds between attempts to send what waits. */
  readonly retryMs: number;
  /** Flow control of each session behind the limit; default `disconnectSlow()`. */
  readonly session?: SessionFlowControl;
}

/**
 * Limits a topic for all sessions together, before anything is encoded: one leaky bucket.
 *
 * - An event goes out at once, not throttled, if nothing waits and the bucket accepts it.
 * - Otherwise it waits; a full queue drops its oldest.
 * - While events wait, as many as the bucket accepts go out every `retryMs`, oldest first. They are `throttled`, except
 *   the one that empties the queue.
 *
 * @throws SluiceError `INVALID` that lists every faulty option.
 */
export function rateLimit(options: RateLimitOptions): TopicFlowControl {
  checkFlowOptions('rateLimit', options, {
    hits: positiveInteger,
    windowMs: milliseconds,
    queue: positiveInteger,
    retryMs: milliseconds,
    session: optionalObject,
  });
  const settings = { ...options };
  return {
    scope: 'topic',
    create: (outlet) => new RateLimit(settings, outlet),
    ...(settings.session === undefined ? {} : { session: settings.session }),
  };
}

class RateLimit implements TopicGate {
  private readonly bucket: LeakyBucket;
  private readonly waiting = new Fifo<{ readonly event: unknown; readonly time: number }>();
  private cancelRetry: CancelTask | undefined;

  constructor(
    private readonly options: RateLimitOptions,
    private readonly outlet: GateOutlet,
  ) {
    this.bucket = new LeakyBucket(options.hits, options.windowMs, outlet.clock);
  }

  offer(event: unknown, time: number): void {
    if (this.waiting.size === 0 && this.bucket.accept()) {
      this.outlet.release(event, time, false);
      return;
    }
    this.waiting.push({ event, time });
    if (this.waiting.size > this.options.queue) {
      this.waiting.shift();
      this.outlet.dropped(1, 'rate');
    }
    this.retryLater();
  }

  end(): void {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    this.waiting.clear();
  }

  private retryLater(): void {
    this.cancelRetry ??= this.outlet.clock.after(this.options.retryMs, () => {
      this.cancelRetry = undefined;
      this.retry();
      if (this.waiting.size > 0) this.retryLater();
    });
  }

  private retry(): void {
    for (;;) {
      const next = this.waiting.peek();
      if (next === undefined || !this.bucket.accept()) return;
      this.waiting.shift();
      this.outlet.release(next.event, next.time, this.waiting.size > 0);
    }
  }
}
