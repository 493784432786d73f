export { lmdbLog } from './lmdb-log.js';
export type { LmdbDurability, LmdbEventLogStore, LmdbLogOptions } from './lmdb-log.js';
export type { OpenFaultReason } from './log-faults.js';
