import type { ConformanceCheck } from '../../check.js';
import { connectionChecks } from './basalt-connection.checks.js';
import { handshakeChecks } from './basalt-handshake.checks.js';
import { httpChecks } from './basalt-http.checks.js';
import { streamChecks } from './basalt-stream.checks.js';

/** Basalt's block stream. */
export const basaltChecks: readonly ConformanceCheck[] = [
  ...handshakeChecks,
  ...streamChecks,
  ...connectionChecks,
  ...httpChecks,
];
