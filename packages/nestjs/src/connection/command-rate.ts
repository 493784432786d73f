import { LeakyBucket, type CancelTask, type Clock } from '@sluice/engine';

/** How long a session that was too fast waits before it is looked at again, milliseconds. */
const PAUSE_MS = 20;

/** How often a session may take up a command. One that is too fast waits; most never are and cost no timer. */
export class CommandRate {
  private readonly bucket: LeakyBucket;
  private cancelPause: CancelTask | undefined;

  /** @param resume called when a session that was too fast may go on. */
  constructor(
    perSecond: number,
    private readonly clock: Clock,
    private readonly resume: () => void,
  ) {
    this.bucket = new LeakyBucket(perSecond, 1000, clock);
  }

  /** Whether the session has to wait. */
  get pausing(): boolean {
    return this.cancelPause !== undefined;
  }

  /** Takes a command up, or lets the session wait and calls `resume` later. */
  accept(): boolean {
    if (this.pausing) return false;
    if (this.bucket.accept()) return true;
    this.cancelPause = this.clock.after(PAUSE_MS, () => {
      this.cancelPause = undefined;
      this.resume();
    });
    return false;
  }

  /** Forgets the session. */
  end(): void {
    this.cancelPause?.();
  }
}
