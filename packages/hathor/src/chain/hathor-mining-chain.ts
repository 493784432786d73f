import type { Block } from '../codec/vertex.js';
import type { Hex32 } from '../events/event-data.js';
import { HathorNodeChain } from './hathor-node-chain.js';
import type { MaybePromise } from './maybe-promise.js';

/**
 * What a block must be to be the next one (contract 3.5). The member `data` that miners see, a minimal block's bytes, is
 * made of the others.
 */
export interface BlockTemplate {
  /** Versions that a block may have: 0 regular, 3 merge-mined. */
  readonly versions: readonly Block['version'][];
  /** Exact sum of the outputs, atomic units. */
  readonly reward: bigint;
  /** Least weight: log2 of the expected number of hashes. */
  readonly weight: number;
  /** The chain's clock, and the bounds of the block's timestamp; Unix seconds. */
  readonly timestamp_now: number;
  readonly timestamp_min: number;
  readonly timestamp_max: number;
  /** Parents that the block must have, the block first; 1 to 3. */
  readonly parents: readonly [Hex32, ...Hex32[]];
  /** Transactions to choose from up to 3 parents; empty if there are 3 already. */
  readonly parents_any: readonly Hex32[];
  readonly height: number;
  /** Work of the chain that ends in the block: the parent's score + floor(2^weight + 0.5). */
  readonly score: bigint;
  /** Signal bits that the block must have. */
  readonly signal_bits: number;
}

/** A block that came from a miner: decoded, with its proof of work not yet looked at. */
export interface SubmittedBlock {
  readonly block: Block;
  /** What the proof of work is compared with its target. */
  readonly id: Hex32;
  /** As it came; encodes to the same. */
  readonly bytes: Uint8Array;
}

/** What `GET getmininginfo` is made of. */
export interface MiningInfo {
  /** Height and weight of the best block. */
  readonly height: number;
  readonly weight: number;
  /** Sum of the rewards of the best chain's blocks after genesis, atomic units. */
  readonly mined_tokens: bigint;
}

/**
 * Port: what miners ask beyond a node's HTTP endpoints. An application that extends this one serves the mining socket
 * without another option.
 *
 * The socket sends new templates after each `vertex.accepted` on the bus; a block that `submitBlock` takes in is published
 * as any other, before or after `submitBlock` is done.
 */
export abstract class HathorMiningChain extends HathorNodeChain {
  /** Whether blocks may be mined: the node is synced, or mines without peers. Asked often. */
  abstract canMine(): MaybePromise<boolean>;

  /** Templates of the moment, currently always one. Asked while {@link canMine} says yes. */
  abstract templates(): MaybePromise<readonly BlockTemplate[]>;

  /**
   * A template on top of `block`, which {@link submitBlock} has just taken in; it need not be the best block any more.
   */
  abstract templateOn(block: SubmittedBlock): MaybePromise<BlockTemplate>;

  /**
   * Takes in a block. Asked while {@link canMine} says yes.
   *
   * @returns `stale` if the first parent is not the best block, also for a block that is stored already; looked at before
   * anything else, the proof of work included.
   * @throws BlockRefusedError if the block is not valid (contract 3.6, row 7).
   */
  abstract submitBlock(block: SubmittedBlock): MaybePromise<'accepted' | 'stale'>;

  /** Two transactions for a new transaction to confirm, as `GET tx_parents` gives them. */
  abstract transactionParents(): MaybePromise<readonly [Hex32, Hex32]>;

  /** Figures of the moment. */
  abstract miningInfo(): MaybePromise<MiningInfo>;
}
