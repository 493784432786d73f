/** Doubles and conformance suites for everyone who extends or tests the engine. */
export { logConformance } from './log-conformance.js';
export type { LogCase, LogPlace, LogPlaceFactory } from './log-conformance/log-case.js';
export { ManualClock } from './manual-clock.js';
export { SteppedClock } from './stepped-clock.js';
export { fakeSession } from './fake-session.js';
export type { FakeSession, FakeSessionOptions } from './fake-session.js';
export { FakeSocket } from './fake-socket.js';
export type { FakeSocketOptions } from './fake-socket.js';
export { deliverySteps, playDelivery } from './delivery-model.js';
export type { DeliveryStep } from './delivery-model.js';
export { readingLater } from './reading-later.js';
export { FakeOutlet, policyUnderTest } from './fake-outlet.js';
export { RecordingFollower } from './recording-follower.js';
export { LocalFanOut } from './local-fan-out.js';
