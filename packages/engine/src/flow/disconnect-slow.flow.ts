import type { CancelTask } from '../time/clock.js';
import type { FlowOutlet, SessionFlowControl } from './flow-control.js';
import { checkFlowOptions, milliseconds, positiveInteger } from './flow-options.js';
import { QueueingPolicy, type QueueLimits } from './queueing-policy.js';

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
 * Progress is what the socket reports: a kernel with large buffers may take bytes in steps of a MiB.
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
  return {
    scope: 'session',
    create: (outlet) => new DisconnectSlow(outlet, settings, settings.afterMs),
  };
}

class DisconnectSlow extends QueueingPolicy {
  private cancelCheck: CancelTask | undefined;
  private leastQueued = 0;
  private progressAt = 0;

  constructor(
    outlet: FlowOutlet,
    limits: QueueLimits,
    private readonly afterMs: number,
  ) {
    super(outlet, limits);
  }

  override drained(): void {
    this.stopWatching();
    super.drained();
    if (this.queue.messages > 0) this.watch();
  }

  override end(): void {
    this.stopWatching();
    super.end();
  }

  protected hold(frame: Buffer): void {
    if (!this.fits(frame)) {
      this.evict('outbound queue is full', 1);
      return;
    }
    this.queue.push(frame);
    if (this.cancelCheck === undefined) this.watch();
    else this.noteProgress();
  }

  private watch(): void {
    this.leastQueued = this.outlet.queuedBytes;
    this.progressAt = this.outlet.clock.now();
    this.checkIn(this.afterMs);
  }

  private noteProgress(): void {
    const { queuedBytes, clock } = this.outlet;
    if (queuedBytes >= this.leastQueued) return;
    this.leastQueued = queuedBytes;
    this.progressAt = clock.now();
  }

  private check(): void {
    this.noteProgress();
    const left = this.progressAt + this.afterMs - this.outlet.clock.now();
    if (left > 0) this.checkIn(left);
    else this.evict(`no progress for ${this.afterMs} ms`, 0);
  }

  private checkIn(ms: number): void {
    this.cancelCheck = this.outlet.clock.after(ms, () => {
      this.check();
    });
  }

  private stopWatching(): void {
    this.cancelCheck?.();
    this.cancelCheck = undefined;
  }
}
