/** Doubles and conformance suites for everyone who extends or tests the engine. */
export { ManualClock } from './manual-clock.js';
