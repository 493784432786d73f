/**
 * Whole microseconds of a clock that is the same in every process, so one may stamp and another compare: the time of day when the
 * process began, and steady since. (`process.hrtime` will not do: Bun counts it from the start of the process.)
 */
export const monotonicMicros = (): number =>
  Math.round((performance.timeOrigin + performance.now()) * 1000);
