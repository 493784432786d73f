import type { FuzzTarget } from './fuzz-target.js';
import { hathorEvents, hathorMining, hathorWallet } from './hathor.targets.js';
import { nano } from './nano.target.js';
import { basalt, bigchaindb, lighthouse } from './send-only.targets.js';

/** Every endpoint that clients can send something to. */
export const TARGETS: readonly FuzzTarget[] = [
  hathorWallet,
  hathorEvents,
  hathorMining,
  nano,
  lighthouse,
  bigchaindb,
  basalt,
];
