/**
 * One timer for all sessions that wait. Whether a socket took what was written is known only after the sessions have
 * flushed: what one turn writes is looked at once, in the turn after that, and only sessions that are then full are
 * watched.
 */
import type { CancelTask, Clock } from '../time/clock.js';

/** A session that may be late. */
export interface Late {
  /** Unix milliseconds since when something waits; undefined: nothing does. */
  readonly waitsSince: number | undefined;
  /** Finds out whether what was written has been taken. */
  settle(): void;
  expire(afterMs: number): void;
}

export class DeadlineWatch {
  /** Wrote in this turn or the last one. */
  private readonly written = new Set<Late>();
  private readonly waiting = new Set<Late>();
  private cancelLook: CancelTask | undefined;
  private cancelSweep: CancelTask | undefined;

  private constructor(
    private readonly clock: Clock,
    private readonly afterMs: number,
  ) {}

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
    // The sessions flush in the next turn, some of them after this task: it waits for one more.
    this.cancelLook ??= this.clock.soon(() => {
      this.cancelLook = this.clock.soon(() => {
        this.look();
      });
    });
  }

  add(session: Late): void {
    this.waiting.add(session);
    if (this.cancelSweep === undefined) this.arm();
  }

  forget(session: Late): void {
    this.written.delete(session);
    this.waiting.delete(session);
    if (this.written.size === 0) {
      this.cancelLook?.();
      this.cancelLook = undefined;
    }
    if (this.waiting.size === 0) {
      this.cancelSweep?.();
      this.cancelSweep = undefined;
    }
  }

  private look(): void {
    this.cancelLook = undefined;
    const written = [...this.written];
    this.written.clear();
    for (const session of written) {
      session.settle();
      if (session.waitsSince === undefined) this.waiting.delete(session);
      else this.waiting.add(session);
    }
    // What a drain wrote may be older than anything that was watched.
    if (written.length > 0) this.arm();
  }

  private sweep(): void {
    const now = this.clock.now();
    for (const session of [...this.waiting]) {
      const since = session.waitsSince;
      if (since === undefined) this.waiting.delete(session);
      else if (now - since >= this.afterMs) session.expire(this.afterMs);
    }
    this.arm();
  }

  /** Sets the timer to the earliest deadline. */
  private arm(): void {
    this.cancelSweep?.();
    this.cancelSweep = undefined;
    let earliest = Infinity;
    for (const { waitsSince } of this.waiting)
      earliest = Math.min(earliest, waitsSince ?? Infinity);
    if (earliest === Infinity) return;
    const left = Math.max(0, earliest + this.afterMs - this.clock.now());
    this.cancelSweep = this.clock.after(left, () => {
      this.sweep();
    });
  }
}
