import type { FlowOutlet, SessionFlowControl } from './flow-control.js';
import { checkFlowOptions, milliseconds, positiveInteger } from './flow-options.js';
import { QueueingPolicy, type QueueLimits } from './queueing-policy.js';
import { StallWatch, type Stallable } from './stall-watch.js';

/** Options of {@link disconnectSlow}. */
export interface DisconnectSlowOptions {
  /** Milliseconds without progress, while messages wait, after which the session is evicted; default 5000. */
  readonly afterMs?: number;
  /** Most messages that wait; one more evicts the session. Default 10,000. */
  readonly messages?: number;
  /** Most bytes that wait; more evict the session. Default 4 MiB. */
  readonly bytes?: number;
}

const DEFAULTS = { afterMs: 5000, messages: 10_000, bytes: 4 * 1024 * 1024 };

/**
 * Sends every message in order and ends sessions that do not keep up. While the socket is full messages wait, and the
 * session is evicted if the socket then makes no progress for `afterMs`, or too much waits. A session that lives has
 * missed nothing.
 *
 * Progress is what the socket reports: a kernel with large buffers may take bytes in steps of a MiB. All sessions share
 * one timer, however many wait.
 *
 * The default policy of a topic.
 *
 * @throws SluiceError `INVALID` that lists every faulty option.
 */
export function disconnectSlow(options: DisconnectSlowOptions = {}): SessionFlowControl {
  const settings = { ...DEFAULTS, ...options };
  checkFlowOptions('disconnectSlow', settings, {
    afterMs: milliseconds,
    messages: positiveInteger,
    bytes: positiveInteger,
  });
  const watchOf = StallWatch.perClock(settings.afterMs);
  return {
    scope: 'session',
    writesThrough: true,
    create: (outlet) =>
      new DisconnectSlow(outlet, settings, watchOf(outlet.clock), settings.afterMs),
  };
}

class DisconnectSlow extends QueueingPolicy implements Stallable {
  private leastQueued = 0;

  constructor(
    outlet: FlowOutlet,
    limits: QueueLimits,
    private readonly watch: StallWatch,
    private readonly afterMs: number,
  ) {
    super(outlet, limits);
  }

  override drained(): void {
    this.watch.forget(this);
    super.drained();
    if (this.queue.messages > 0) this.beginWatch();
  }

  override end(): void {
    this.watch.forget(this);
    super.end();
  }

  /** Called when no progress was noted for too long: whether there was any is seen only by looking. */
  stalled(): void {
    if (!this.hasProgressed()) this.evict(`no progress for ${this.afterMs} ms`, 0);
  }

  protected hold(frame: Buffer): void {
    if (!this.fits(frame)) {
      this.evict('outbound queue is full', 1);
      return;
    }
    this.queue.push(frame);
    if (this.watch.watches(this)) this.hasProgressed();
    else this.beginWatch();
  }

  private beginWatch(): void {
    this.leastQueued = this.outlet.queuedBytes;
    this.watch.note(this);
  }

  private hasProgressed(): boolean {
    if (this.outlet.queuedBytes >= this.leastQueued) return false;
    this.beginWatch();
    return true;
  }
}
