import type { BlockTemplate } from '../codec/block-template.js';
import type { Block } from '../codec/vertex.js';
import type { Hex32 } from '../events/event-data.js';
import { HathorNodeChain } from './hathor-node-chain.js';
import type { MaybePromise } from './maybe-promise.js';
import { andThen } from './maybe-promise.js';

export type { BlockTemplate } from '../codec/block-template.js';

/** A block that came from a miner: `decodeVertex` has taken it, its proof of work is not yet looked at. */
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

  /** Templates of the moment; a node has one. Asked while {@link canMine} says yes. */
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
   * @throws BlockRefusedError if the block is not valid (contract 3.6, row 7). A `CodecError`, as of `meetsTarget` for a weight
   * that no target goes with, says so too.
   */
  abstract submitBlock(block: SubmittedBlock): MaybePromise<'accepted' | 'stale'>;

  /** Default: a node that may not mine is not synced. */
  override syncTrouble(): MaybePromise<string | undefined> {
    return andThen<boolean, string | undefined>(this.canMine(), (may) =>
      may ? undefined : "Node doesn't have a synced peer",
    );
  }

  /** Two transactions for a new transaction to confirm, as `GET tx_parents` gives them. */
  abstract transactionParents(): MaybePromise<readonly [Hex32, Hex32]>;

  /** Figures of the moment. */
  abstract miningInfo(): MaybePromise<MiningInfo>;
}
