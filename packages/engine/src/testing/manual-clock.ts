import type { CancelTask, Clock } from '../time/clock.js';

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  private tasks: Task[] = [];
  private order = 0;

  private ahead = 0;

  /** @param time Unix milliseconds to start at. */
  constructor(private time = 1_700_000_000_000) {}

  now(): number {
    return this.time + this.ahead;
  }

  monotonic(): number {
    return this.time;
  }

  after(ms: number, run: () => void): CancelTask {
    const task = { at: this.time + ms, order: this.order++, run };
    this.tasks.push(task);
    return () => {
      this.tasks = this.tasks.filter((other) => other !== task);
    };
  }

  soon(run: () => void): CancelTask {
    return this.after(0, run);
  }

  /** Number of tasks that wait. */
  get pending(): number {
    return this.tasks.length;
  }

  /** Milliseconds until the next task is due; Infinity if none waits. */
  get nextInMs(): number {
    return Math.min(...this.tasks.map(({ at }) => at)) - this.time;
  }

  /** Runs what is due now, and what that makes due, without moving time. */
  turn(): void {
    this.advance(0);
  }

  /** Sets the wall clock by `ms` milliseconds, back if negative. Nothing falls due: no time has passed. */
  setWall(ms: number): void {
    this.ahead += ms;
  }

  /** Moves time by `ms` while nothing runs, as when the event loop stands still; what has fallen due runs next time. */
  standStill(ms: number): void {
    this.time += ms;
  }

  /** Moves time by `ms`, running every task that falls due, in order, at its own time. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.tasks
        .filter((task) => task.at <= end)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined) break;
      this.tasks = this.tasks.filter((task) => task !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }
}
