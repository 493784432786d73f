export { jetstreamLog } from './jetstream-log.js';
export type { JetStreamLogOptions } from './jetstream-log.js';
export type { JetStreamFaultReason } from './log-faults.js';
export type { JetStreamConnection } from './connection-options.js';
