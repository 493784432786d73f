import { Fifo } from '../fifo.js';
import type { FlowMessage, FlowOutlet, SessionFlowControl } from './flow-control.js';
import { DeadlineWatch } from './deadline-watch.js';
import { checkFlowOptions, milliseconds, positiveInteger } from './flow-options.js';
import { QueueingPolicy, type QueueLimits } from './queueing-policy.js';

/** Options of {@link deadline}. */
export interface DeadlineOptions {
  /**
   * Milliseconds in which the kernel must have taken a message, counted from when it was queued, so that waiting for
   * earlier messages counts too; default 5000.
   */
  readonly afterMs?: number;
  /** Most messages that wait; one more aborts the session. Default 10,000. */
  readonly messages?: number;
  /** Most bytes that wait; more abort the session. Default 4 MiB. */
  readonly bytes?: number;
}

const DEFAULTS = { afterMs: 5000, messages: 10_000, bytes: 4 * 1024 * 1024 };

/**
 * Sends every message in order and gives each a deadline: a session whose kernel buffer has not taken a message in time
 * is aborted, without a Close frame. A session that lives has missed nothing.
 *
 * Unlike `disconnectSlow()`, progress does not extend the time. All sessions share one timer, however many wait.
 *
 * @throws SluiceError `INVALID` that lists every faulty option.
 */
export function deadline(options: DeadlineOptions = {}): SessionFlowControl {
  const settings = { ...DEFAULTS, ...options };
  checkFlowOptions('deadline', settings, {
    afterMs: milliseconds,
    messages: positiveInteger,
    bytes: positiveInteger,
  });
  const watchOf = DeadlineWatch.perClock(settings.afterMs);
  return {
    scope: 'session',
    create: (outlet) => new Deadline(outlet, settings, watchOf(outlet.clock)),
  };
}

class Deadline extends QueueingPolicy {
  /** When the frames of the queue came. */
  private readonly times = new Fifo<number>();
  /** When the oldest message came that was written, but may still wait in the socket. */
  private writtenSince: number | undefined;
  /** The same of messages that may not even have been flushed to it. */
  private freshSince: number | undefined;

  constructor(
    outlet: FlowOutlet,
    limits: QueueLimits,
    private readonly watch: DeadlineWatch,
  ) {
    super(outlet, limits);
  }

  /** When the oldest message came that the kernel has not taken; undefined if there is none. */
  get waitsSince(): number | undefined {
    return this.writtenSince ?? this.freshSince ?? this.times.peek();
  }

  override offer(message: FlowMessage): void {
    if (this.queue.messages > 0 || !this.outlet.writable) {
      this.hold(message.frame);
      return;
    }
    this.freshSince ??= this.outlet.clock.monotonic();
    this.outlet.write(message.frame);
    this.watch.wrote(this);
  }

  override drained(): void {
    this.writtenSince = undefined;
    this.freshSince = this.times.peek();
    if (this.freshSince === undefined) {
      this.watch.forget(this);
      return;
    }
    super.drained();
    while (this.times.size > this.queue.messages) this.times.shift();
    this.watch.wrote(this);
  }

  override end(): void {
    this.watch.forget(this);
    this.times.clear();
    this.writtenSince = undefined;
    this.freshSince = undefined;
    super.end();
  }

  /** Called a turn after messages were written: from now on they are flushed, whatever is written after them. */
  flushing(): void {
    this.writtenSince ??= this.freshSince;
    this.freshSince = undefined;
  }

  /** Called when flushed messages have had their chance: notes whether the kernel took them. */
  settle(): void {
    if (this.outlet.writable) this.writtenSince = undefined;
  }

  /** Too late. */
  expire(afterMs: number): void {
    this.abort(`not taken within ${afterMs} ms`, 0);
  }

  protected hold(frame: Buffer): void {
    if (!this.fits(frame)) {
      this.abort('outbound queue is full', 1);
      return;
    }
    this.queue.push(frame);
    this.times.push(this.outlet.clock.monotonic());
    this.watch.add(this);
  }

  private abort(reason: string, refused: number): void {
    const lost = this.queue.messages + refused;
    this.end();
    this.outlet.dropped(lost, 'evicted');
    this.outlet.evict(reason, 'abort');
  }
}
