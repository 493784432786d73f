import type { Clock } from '@sluice/engine';

const WINDOW_MS = 60_000;

/** So many log lines a minute, counted from the first one; what comes on top is counted and told once. */
export class LineAllowance {
  private written = 0;
  private omitted = 0;
  private windowOpen = false;

  /** @param tell hears at the end of a minute how many lines were left out, if any were. */
  constructor(
    private readonly perMinute: number,
    private readonly clock: Clock,
    private readonly tell: (omitted: number) => void,
  ) {}

  /** Takes one line; false if it must be left out. */
  take(): boolean {
    this.openWindow();
    if (this.written >= this.perMinute) {
      this.omitted++;
      return false;
    }
    this.written++;
    return true;
  }

  private openWindow(): void {
    if (this.windowOpen) return;
    this.windowOpen = true;
    this.clock.after(WINDOW_MS, () => {
      const { omitted } = this;
      this.windowOpen = false;
      this.written = 0;
      this.omitted = 0;
      if (omitted > 0) this.tell(omitted);
    });
  }
}
