import type { Clock } from '@sluice/engine';
import { systemClock } from '@sluice/engine';

/** Shows one and the same time; what waits for the next turn or for a timer does so as ever. */
export function fixedClock(now: number): Clock {
  return {
    now: () => now,
    monotonic: () => systemClock.monotonic(),
    after: (ms, task) => systemClock.after(ms, task),
    soon: (task) => systemClock.soon(task),
  };
}
