/** Doubles and conformance suites for everyone who extends or tests the engine. */
export { ManualClock } from './manual-clock.js';
export { fakeSession } from './fake-session.js';
export type { FakeSession, FakeSessionOptions } from './fake-session.js';
export { FakeSocket } from './fake-socket.js';
export type { FakeSocketOptions } from './fake-socket.js';
