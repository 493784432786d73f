import type { Hex32, JsonInteger, VertexData } from '../events/event-data.js';
import type { MaybePromise } from './hathor-wallet-chain.js';
import { HathorWalletChain } from './hathor-wallet-chain.js';
import type { HistoryVertex } from './history-vertex.js';
import type { NetworkSettings } from './network-settings.js';

/** A block of the best chain. */
export interface BlockPlace {
  readonly hash: Hex32;
  readonly height: number;
}

/** Where the chain stands (`GET status`). */
export interface ChainSummary {
  /** Unix seconds of the oldest vertex and of the newest. */
  readonly first_timestamp: number;
  readonly latest_timestamp: number;
  /** The newest blocks of the best chain, best block first; a node gives 10. At least one. */
  readonly best_blockchain: readonly [BlockPlace, ...BlockPlace[]];
}

/** A vertex with everything that `GET transaction` shows of it. */
export interface NodeVertex {
  /** As the event socket sends it. */
  readonly data: VertexData;
  /** As nodes exchange it. */
  readonly bytes: Uint8Array;
  /** Vertices that have it as a parent. */
  readonly children: readonly Hex32[];
  /** Least height of a block that may confirm it. */
  readonly min_height: number;
  /** Height of `first_block`. */
  readonly first_block_height: number | null;
}

/** Which vertices, newest first, and how many of them. */
export interface VertexPageQuery {
  /** Blocks, transactions, or what is not voided and moves a token. Voided blocks and transactions count. */
  readonly of: 'blocks' | 'transactions' | { readonly token: string };
  /** Most vertices on the page. */
  readonly count: number;
  /** The page begins next to this vertex, which need not exist. Absent: with the newest. */
  readonly from?: {
    readonly towards: 'older' | 'newer';
    readonly timestamp: number;
    readonly id: Hex32;
  };
}

/** A page of vertices. */
export interface VertexPage {
  /** By timestamp and id, newest first in both directions. */
  readonly vertices: readonly HistoryVertex[];
  /** Whether there is more beyond the page, in its direction. */
  readonly has_more: boolean;
}

/** Name and kind of a token. */
export interface TokenListing {
  readonly uid: string;
  readonly name: string;
  readonly symbol: string;
  /** 0 native, 1 deposit, 2 fee. */
  readonly version: number;
}

/** An output. */
export interface OutputPlace {
  readonly tx_id: Hex32;
  readonly index: number;
}

/** A token and what there is of it. */
export interface TokenDetails extends Omit<TokenListing, 'uid'> {
  /** Unspent outputs with the authority to mint; a node gives 100 at most. */
  readonly mint: readonly OutputPlace[];
  readonly melt: readonly OutputPlace[];
  readonly can_mint: boolean;
  readonly can_melt: boolean;
  /** Sum of the unspent outputs, atomic units. */
  readonly total: JsonInteger;
  /** Transactions that move it and are not voided. */
  readonly transactions_count: number;
}

/**
 * Port: what the HTTP endpoints of a full node ask beyond the wallet socket. An application that extends this one serves
 * them without another option; `docs/hathor-chain.md` shows it over SQL.
 */
export abstract class HathorNodeChain extends HathorWalletChain {
  abstract networkSettings(): MaybePromise<NetworkSettings>;

  abstract summary(): MaybePromise<ChainSummary>;

  /** Why the node cannot be relied on, in a sentence for operators (`GET health`). Default undefined: it can. */
  syncTrouble(): MaybePromise<string | undefined> {
    return undefined;
  }

  /** A vertex as it is now; undefined if there is none. */
  abstract nodeVertex(id: Hex32): MaybePromise<NodeVertex | undefined>;

  abstract vertexPage(query: VertexPageQuery): MaybePromise<VertexPage>;

  /** @param uid `00` is the native token. Undefined if there is none, or what created it is voided. */
  abstract token(uid: string): MaybePromise<TokenDetails | undefined>;

  /** Custom tokens, in any order that stays the same; at most `limit`. */
  abstract tokens(limit: number): MaybePromise<readonly TokenListing[]>;

  /**
   * Takes in a transaction that a wallet made.
   *
   * @returns its id.
   * @throws TransactionRefusedError if the chain does not take it; the message goes to the wallet.
   */
  abstract submitTransaction(bytes: Uint8Array): MaybePromise<Hex32>;
}
