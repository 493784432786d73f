import type { Clock } from '../time/clock.js';

/** A bucket that holds some hits and leaks them at an even rate, whole hits only. It starts empty. */
export class LeakyBucket {
  /** Hits accepted since `start`, when the bucket was last empty. */
  private accepted = 0;
  private start = 0;

  /**
   * @param hits what the bucket holds, and what leaks in a window.
   * @param windowMs length of the window in milliseconds.
   */
  constructor(
    private readonly hits: number,
    private readonly windowMs: number,
    private readonly clock: Clock,
  ) {}

  /** Takes one hit, unless the bucket is full. */
  accept(): boolean {
    const now = this.clock.monotonic();
    let leaked = Math.floor(((now - this.start) * this.hits) / this.windowMs);
    if (leaked >= this.accepted) {
      this.start = now;
      this.accepted = 0;
      leaked = 0;
    }
    if (this.accepted - leaked >= this.hits) return false;
    this.accepted++;
    return true;
  }
}
