/** Doubles and conformance suites for everyone who extends or tests the engine. */
export { logConformance } from './log-conformance.js';
export type { LogCase, LogPlace, LogPlaceFactory } from './log-conformance/log-case.js';
export { ManualClock } from './manual-clock.js';
