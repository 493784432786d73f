import { afterReading, type CancelTask, type Clock } from '../time/clock.js';

/** A session for which something waits. */
export interface Stallable {
  /** No progress was noted in time: notes some, or ends. */
  stalled(): void;
}

/**
 * One timer for all sessions that wait under the same limit. It is the same for all, so that who made progress longest
 * ago is due first: a look at the timer's end costs those that are due, however many wait.
 */
export class StallWatch {
  /** When each made progress, longest ago first. */
  private readonly progressAt = new Map<Stallable, number>();
  private cancelLook: CancelTask | undefined;

  private constructor(
    private readonly clock: Clock,
    private readonly afterMs: number,
  ) {}

  /** Watches by clock: a flow control may serve several applications in one process, each with a clock of its own. */
  static perClock(afterMs: number): (clock: Clock) => StallWatch {
    const watches = new WeakMap<Clock, StallWatch>();
    return (clock) => {
      const watch = watches.get(clock) ?? new StallWatch(clock, afterMs);
      watches.set(clock, watch);
      return watch;
    };
  }

  watches(session: Stallable): boolean {
    return this.progressAt.has(session);
  }

  /** The session's time begins, or begins anew. */
  note(session: Stallable): void {
    this.progressAt.delete(session);
    this.progressAt.set(session, this.clock.monotonic());
    if (this.cancelLook === undefined) this.lookIn(this.afterMs);
  }

  forget(session: Stallable): void {
    if (!this.progressAt.delete(session) || this.progressAt.size > 0) return;
    this.cancelLook?.();
    this.cancelLook = undefined;
  }

  private lookIn(ms: number): void {
    // Who has made progress when looked at may have set the timer already.
    this.cancelLook?.();
    this.cancelLook = afterReading(this.clock, ms, () => {
      this.look();
    });
  }

  private look(): void {
    this.cancelLook = undefined;
    for (const [session, since] of this.progressAt) {
      const left = since + this.afterMs - this.clock.monotonic();
      if (left > 0) {
        this.lookIn(left);
        return;
      }
      session.stalled();
    }
  }
}
