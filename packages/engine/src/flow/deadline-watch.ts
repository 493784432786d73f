/**
 * One timer for all sessions that wait. Whether a socket took what was written is known only after the sessions have
 * flushed: what one turn writes is looked at once, after that, and only sessions that are then full are watched.
 */
import { FlushRound, type Leaving } from '../session/flush-round.js';
import { afterReading, type CancelTask, type Clock } from '../time/clock.js';

/** A session that may be late. */
export interface Late {
  /** Since when something waits, on the monotonic clock; undefined: nothing does. */
  readonly waitsSince: number | undefined;
  /** Notes that what was written until now is flushed before {@link settle} is called. */
  flushing(): void;
  /** Finds out whether what was flushed has been taken. */
  settle(): void;
  expire(afterMs: number): void;
}

export class DeadlineWatch implements Leaving {
  inRound = false;
  /** Wrote since our last turn in the round: some of them stand behind us there. */
  private written = new Set<Late>();
  /** Wrote before that: they have flushed when our next turn comes. */
  private flushed = new Set<Late>();
  private readonly waiting = new Set<Late>();
  private readonly round: FlushRound;
  private cancelSweep: CancelTask | undefined;

  private constructor(
    private readonly clock: Clock,
    private readonly afterMs: number,
  ) {
    this.round = FlushRound.of(clock);
  }

  /** Watches by clock: a flow control may serve several applications in one process, each with a clock of its own. */
  static perClock(afterMs: number): (clock: Clock) => DeadlineWatch {
    const watches = new WeakMap<Clock, DeadlineWatch>();
    return (clock) => {
      const watch = watches.get(clock) ?? new DeadlineWatch(clock, afterMs);
      watches.set(clock, watch);
      return watch;
    };
  }

  wrote(session: Late): void {
    this.written.add(session);
    this.round.join(this);
  }

  add(session: Late): void {
    this.waiting.add(session);
    if (this.cancelSweep === undefined) this.arm();
  }

  forget(session: Late): void {
    this.written.delete(session);
    this.flushed.delete(session);
    this.waiting.delete(session);
    if (this.written.size + this.flushed.size === 0) this.round.forget(this);
    if (this.waiting.size === 0) {
      this.cancelSweep?.();
      this.cancelSweep = undefined;
    }
  }

  /** @internal What the sessions write from now on counts as not flushed until our turn after the next. */
  leave(): void {
    const settled = this.flushed;
    this.flushed = this.written;
    this.written = new Set();
    this.look(settled);
    for (const session of this.flushed) session.flushing();
    if (this.flushed.size > 0) this.round.join(this);
  }

  private look(sessions: ReadonlySet<Late>): void {
    for (const session of sessions) {
      session.settle();
      this.waiting.add(session);
      this.judge(session);
    }
    // What a drain wrote may be older than anything that was watched.
    if (sessions.size > 0) this.arm();
  }

  private sweep(): void {
    for (const session of [...this.waiting]) {
      // What a drain has just written may be taken: that is known when it is settled.
      if (!this.written.has(session) && !this.flushed.has(session)) this.judge(session);
    }
    this.arm();
  }

  private judge(session: Late): void {
    const since = session.waitsSince;
    if (since === undefined) this.waiting.delete(session);
    else if (this.clock.monotonic() - since >= this.afterMs) session.expire(this.afterMs);
  }

  /** Sets the timer to the earliest deadline. */
  private arm(): void {
    this.cancelSweep?.();
    this.cancelSweep = undefined;
    let earliest = Infinity;
    for (const { waitsSince } of this.waiting)
      earliest = Math.min(earliest, waitsSince ?? Infinity);
    if (earliest === Infinity) return;
    const left = Math.max(0, earliest + this.afterMs - this.clock.monotonic());
    this.cancelSweep = afterReading(this.clock, left, () => {
      this.sweep();
    });
  }
}
