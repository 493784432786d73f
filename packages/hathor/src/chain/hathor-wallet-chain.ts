import { HathorChain } from './hathor-chain.js';
import type { HistoryVertex } from './history-vertex.js';
import type { MaybePromise } from './maybe-promise.js';

export type { MaybePromise } from './maybe-promise.js';

/** What the dashboard shows (contract 1.4). */
export interface ChainDashboard {
  /** Totals, genesis included. */
  readonly transactions: number;
  readonly blocks: number;
  readonly best_block_height: number;
  /** Hashes per second, estimated: 2^(weight of the block accepted last) / target time between blocks in seconds. */
  readonly hash_rate: number;
  /** Connected peers. */
  readonly peers: number;
}

/** Port: what wallets ask beyond the events. An application that serves wallets extends this instead of `HathorChain`. */
export abstract class HathorWalletChain extends HathorChain {
  /**
   * Every vertex that references an address in an output or a spent output, voided ones included, by timestamp and then
   * by id. Read lazily, so that a million vertices need not be in memory at once; what happens meanwhile may or may not
   * be seen.
   *
   * @param after skip everything up to this vertex, itself included.
   */
  abstract addressHistory(
    address: string,
    after?: string,
  ): Iterable<HistoryVertex> | AsyncIterable<HistoryVertex>;

  /** Whether any vertex at all, voided or not, references the address. */
  abstract isAddressUsed(address: string): MaybePromise<boolean>;

  /** A vertex as it is now; undefined if there is none. */
  abstract historyVertex(id: string): MaybePromise<HistoryVertex | undefined>;

  /** Figures of the moment. */
  abstract dashboard(): MaybePromise<ChainDashboard>;
}
