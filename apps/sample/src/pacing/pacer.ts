import type { CancelTask, Clock } from '@sluice/engine';

/** Calls a task again and again, never before the last call is done. Stands still until it gets an interval. */
export class Pacer {
  private cancel: CancelTask | undefined;
  private intervalMs = 0;
  private paused = false;

  constructor(
    private readonly clock: Clock,
    private readonly task: () => Promise<unknown>,
  ) {}

  /** Milliseconds between two calls; 0: none. */
  get interval(): number {
    return this.intervalMs;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  /** Changes the pace; 0 stops. */
  setInterval(ms: number): void {
    this.intervalMs = ms;
    this.schedule();
  }

  pause(): void {
    this.paused = true;
    this.schedule();
  }

  resume(): void {
    this.paused = false;
    this.schedule();
  }

  private schedule(): void {
    this.cancel?.();
    this.cancel = undefined;
    if (this.paused || this.intervalMs === 0) return;
    const run = async (): Promise<void> => {
      this.cancel = undefined;
      await this.task();
      // While the task ran, the pace may have been changed: then the next call is planned already.
      if (this.cancel === undefined) this.schedule();
    };
    this.cancel = this.clock.after(this.intervalMs, () => void run());
  }
}
