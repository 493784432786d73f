import type { ConformanceCheck } from '../../check.js';
import { connectionChecks } from './bigchaindb-connection.checks.js';
import { handshakeChecks } from './bigchaindb-handshake.checks.js';
import { httpChecks } from './bigchaindb-http.checks.js';
import { streamChecks } from './bigchaindb-stream.checks.js';

/** BigchainDB's event stream, and the documents in which clients find it. */
export const bigchaindbChecks: readonly ConformanceCheck[] = [
  ...handshakeChecks,
  ...streamChecks,
  ...connectionChecks,
  ...httpChecks,
];
