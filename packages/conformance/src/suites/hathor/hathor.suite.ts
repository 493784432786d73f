import type { ConformanceCheck } from '../../check.js';
import { eventContentChecks } from './event-content.checks.js';
import { eventFlowChecks } from './event-flow.checks.js';
import { eventRequestChecks } from './event-requests.checks.js';
import { transportChecks } from './hathor-transport.checks.js';
import { miningBlockChecks } from './mining-blocks.checks.js';
import { miningRpcChecks } from './mining-rpc.checks.js';
import { streamFlowChecks } from './stream-flow.checks.js';
import { streamOpeningChecks } from './stream-opening.checks.js';
import { walletBroadcastChecks } from './wallet-broadcasts.checks.js';
import { walletRequestChecks } from './wallet-requests.checks.js';

/** The three sockets of Hathor's full node. */
export const hathorChecks: readonly ConformanceCheck[] = [
  ...transportChecks('ws'),
  ...walletRequestChecks,
  ...streamOpeningChecks,
  ...streamFlowChecks,
  ...walletBroadcastChecks,
  ...transportChecks('event_ws'),
  ...eventRequestChecks,
  ...eventFlowChecks,
  ...eventContentChecks,
  ...transportChecks('mining_ws'),
  ...miningRpcChecks,
  ...miningBlockChecks,
];
