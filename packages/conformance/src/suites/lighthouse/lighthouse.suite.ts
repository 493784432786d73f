import type { ConformanceCheck } from '../../check.js';
import { connectionChecks } from './lighthouse-connection.checks.js';
import { handshakeChecks } from './lighthouse-handshake.checks.js';
import { messageChecks } from './lighthouse-messages.checks.js';
import { streamChecks } from './lighthouse-stream.checks.js';

/** The Lighthouse beacon node's event socket. */
export const lighthouseChecks: readonly ConformanceCheck[] = [
  ...handshakeChecks,
  ...streamChecks,
  ...messageChecks,
  ...connectionChecks,
];
