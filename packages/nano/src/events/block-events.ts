import type {
  Account,
  Block,
  BlockSubtype,
  Bytes32,
  LegacyBlock,
  StateBlock,
} from '../wire/index.js';

/** A whole number of at least 0, of any size. */
export type Count = number | bigint;

/**
 * How a block came to be confirmed.
 *
 * - `active_quorum`: it won its own election by votes.
 * - `active_confirmation_height`: it had an election, but was confirmed through a successor or by a manual request.
 * - `inactive`: it had no election.
 * - `unknown`: should not occur; passes no filter.
 */
export type ConfirmationType =
  'active_quorum' | 'active_confirmation_height' | 'inactive' | 'unknown';

/** A vote that counted in an election. */
export interface ElectionVote {
  readonly representative: Account;
  /** Unix milliseconds, or `FINAL_VOTE_TIMESTAMP`. */
  readonly timestamp: Count;
  /** The block that was voted for. */
  readonly hash: Bytes32;
  /** Raw. */
  readonly weight: bigint;
}

/** How an election went. */
export interface ElectionResult {
  /** Milliseconds. */
  readonly duration: Count;
  /** When it ended, Unix milliseconds. */
  readonly time: Count;
  /** Raw weight of all votes for the winner. */
  readonly tally: bigint;
  /** Raw weight of the final ones among them. */
  readonly final: bigint;
  readonly blocks: Count;
  readonly voters: Count;
  readonly requestCount: Count;
  /** In any order; sent heaviest first. Default none. */
  readonly votes?: readonly ElectionVote[];
}

/** What a node keeps beside a block. */
export interface Sideband {
  /** Position on the chain of its account, from 1. */
  readonly height: Count;
  /** When the node first stored the block, Unix **seconds**. */
  readonly localTimestamp: Count;
}

/** A state block and what it does. */
export interface StateBlockFacts {
  readonly block: StateBlock;
  readonly subtype: BlockSubtype;
}

/** A legacy block, whose type says what it does. */
export interface LegacyBlockFacts {
  readonly block: LegacyBlock;
  readonly subtype?: undefined;
}

interface ConfirmationFacts {
  readonly block: Block;
  /** Whose chain the block is on; of legacy blocks only an `open` says so itself. */
  readonly account: Account;
  /** Raw: absolute difference to the previous balance; 0 for change and epoch, or if unknown. */
  readonly amount: bigint;
  readonly hash: Bytes32;
  readonly confirmationType: ConfirmationType;
  /** Default: there was no election, every figure is 0. */
  readonly election?: ElectionResult;
  /** Default: `0` for both members. */
  readonly sideband?: Sideband;
  /**
   * The owner of the source block of a receive or an opening block; default unknown, which is sent as `0`. The destination
   * of a send is in the block itself.
   */
  readonly linkedAccount?: Account;
}

/** A confirmed block. */
export type BlockConfirmed = ConfirmationFacts & (StateBlockFacts | LegacyBlockFacts);

/** A block that is new in the ledger. */
export type UnconfirmedBlock = { readonly hash: Bytes32 } & (StateBlockFacts | LegacyBlockFacts);

/** An election began. */
export interface ElectionStarted {
  /** The block it is about. */
  readonly hash: Bytes32;
}

/** A block left the elections. One event for each block of an election that ended unconfirmed, and for each loser of one that did not. */
export interface ElectionStopped {
  readonly hash: Bytes32;
}
