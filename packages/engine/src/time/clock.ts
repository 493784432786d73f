/** Cancels a task that has not run yet; harmless afterwards. */
export type CancelTask = () => void;

/** Time as the engine sees it, injected so that tests never wait (design rule: time is a dependency). */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment, with fractions: for durations. Never goes back. */
  monotonic(): number;
  /** Runs `task` once after `ms` milliseconds. A pending task does not keep the process alive. */
  after(ms: number, task: () => void): CancelTask;
  /** Runs `task` in the next turn of the event loop, after the I/O that is ready now. */
  soon(task: () => void): CancelTask;
}

/** The process's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
  soon(task) {
    const immediate = setImmediate(task);
    return () => {
      clearImmediate(immediate);
    };
  },
};
