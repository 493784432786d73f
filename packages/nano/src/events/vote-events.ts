import type { Account, Bytes32, Bytes64 } from '../wire/index.js';
import type { Count } from './block-events.js';

/**
 * What became of a vote.
 *
 * - `vote`: first seen.
 * - `replay`: already known.
 * - `indeterminate`: there is no election it belongs to.
 * - `ignored`, `late`: not counted (newer nodes).
 *
 * With several blocks: `replay` if any is a replay, else `vote` if any counted, else `indeterminate`.
 */
export type VoteType = 'vote' | 'replay' | 'indeterminate' | 'ignored' | 'late';

/** A vote that was processed. */
export interface VoteProcessed {
  /** The representative. */
  readonly account: Account;
  readonly signature: Bytes64;
  /** Unix milliseconds, a multiple of 16; `FINAL_VOTE_TIMESTAMP` for a final vote. */
  readonly timestamp: Count;
  /** The low four bits of the packed timestamp, 0 to 15; default 15 for a final vote, else 0. */
  readonly duration?: number;
  /** Hashes of 1 to 255 blocks. */
  readonly blocks: readonly Bytes32[];
  readonly type: VoteType;
}
