import type { ConformanceCheck } from '../../check.js';
import { confirmationChecks } from './nano-confirmation.checks.js';
import { filterChecks } from './nano-filter.checks.js';
import { malformedChecks } from './nano-malformed.checks.js';
import { requestChecks } from './nano-requests.checks.js';
import { topicChecks } from './nano-topics.checks.js';
import { transportChecks } from './nano-transport.checks.js';
import { voteChecks } from './nano-vote.checks.js';

/** The Nano node's socket. */
export const nanoChecks: readonly ConformanceCheck[] = [
  ...transportChecks,
  ...requestChecks,
  ...malformedChecks,
  ...confirmationChecks,
  ...filterChecks,
  ...voteChecks,
  ...topicChecks,
];
