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

/**
 * As {@link Clock.after}, but what has arrived by then is dealt with first. When the event loop has stood still, timers
 * run before sockets are read: who decides by the silence of others must not take its own for theirs.
 */
export function afterReading(clock: Clock, ms: number, task: () => void): CancelTask {
  let cancel = clock.after(ms, () => {
    cancel = clock.soon(task);
  });
  return () => {
    cancel();
  };
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
