export { jetstreamLog } from './jetstream-log.js';
export type { JetStreamLogStore } from './jetstream-log.js';
export type { JetStreamLogOptions, LeaseOptions } from './jetstream-log.options.js';
export type { JetStreamFaultReason } from './log-faults.js';
export type { JetStreamConnection } from './connection-options.js';
