export { jetstreamLog } from './jetstream-log.js';
export type { JetStreamLogOptions } from './jetstream-log.js';
export type { JetStreamFaultReason } from './log-faults.js';
