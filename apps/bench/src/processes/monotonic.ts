/** Microseconds of the machine's monotonic clock: the same in every process, so one may stamp and another compare. */
export const monotonicMicros = (): number => Number(process.hrtime.bigint() / 1000n);
