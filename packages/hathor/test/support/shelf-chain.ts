/** A chain that is a list of vertices made by hand, for the endpoints of a node. */
import { Injectable } from '@nestjs/common';
import type {
  ChainDashboard,
  ChainSummary,
  HistoryOutput,
  HistoryVertex,
  NetworkSettings,
  NodeVertex,
  TokenDetails,
  TokenListing,
  VertexData,
  VertexPage,
  VertexPageQuery,
} from '../../src/index.js';
import { HathorNodeChain, TransactionRefusedError } from '../../src/index.js';
import { decodeVertex, encodeAddress, hathorNetworks, vertexId } from '../../src/codec/index.js';
import { BLOCK } from './golden-events.js';
import { DASHBOARD, NETWORK_SETTINGS } from './node-answers.js';

/** Address number `place` of the network `unittests`. */
export function address(place: number): string {
  return encodeAddress('P2PKH', new Uint8Array(20).fill(place), hathorNetworks.unittests);
}

/** An id made of one number. */
export function id(place: number): string {
  return place.toString(16).padStart(64, '0');
}

export function output(to: string, changes: Partial<HistoryOutput> = {}): HistoryOutput {
  return {
    value: 100,
    token_data: 0,
    script: '',
    decoded: { type: 'P2PKH', address: to, timelock: null },
    token: '00',
    spent_by: null,
    ...changes,
  };
}

/** A transaction at a second of its own, that pays to address 1 unless told otherwise. */
export function vertex(place: number, changes: Partial<HistoryVertex> = {}): HistoryVertex {
  return {
    tx_id: id(place),
    version: 1,
    weight: 10,
    timestamp: 1_600_000_000 + place,
    is_voided: false,
    inputs: [],
    outputs: [output(address(1))],
    parents: [],
    first_block: null,
    ...changes,
  };
}

const TOKEN: TokenDetails = {
  name: 'Test token',
  symbol: 'TST',
  version: 1,
  mint: [{ tx_id: id(1), index: 2 }],
  melt: [],
  can_mint: true,
  can_melt: false,
  total: 2n ** 63n,
  transactions_count: 3,
};

/** Uid of the only custom token. */
export const TOKEN_UID = id(0xabc);

@Injectable()
export class ShelfChain extends HathorNodeChain {
  /** By timestamp. */
  shelf: HistoryVertex[] = [];
  readonly pages: VertexPageQuery[] = [];
  /** What the next transaction is refused with. */
  refusal: string | undefined;

  vertices(): Iterable<VertexData> {
    return [];
  }

  *addressHistory(of: string, after?: string): Generator<HistoryVertex> {
    const start = this.shelf.findIndex(({ tx_id }) => tx_id === after) + 1;
    for (const entry of this.shelf.slice(start)) {
      const outputs = [...entry.inputs, ...entry.outputs];
      if (outputs.some(({ decoded }) => decoded.address === of)) yield entry;
    }
  }

  isAddressUsed(of: string): boolean {
    return this.addressHistory(of).next().done !== true;
  }

  historyVertex(wanted: string): HistoryVertex | undefined {
    return this.shelf.find(({ tx_id }) => tx_id === wanted);
  }

  dashboard(): ChainDashboard {
    return DASHBOARD;
  }

  networkSettings(): NetworkSettings {
    return {
      ...NETWORK_SETTINGS,
      reward_spend_min_blocks: 300,
      genesis_block_hash: id(1),
      genesis_tx1_hash: id(2),
      genesis_tx2_hash: id(3),
    };
  }

  summary(): ChainSummary {
    return {
      first_timestamp: 1,
      latest_timestamp: 9,
      best_blockchain: [
        { hash: id(11), height: 1 },
        { hash: id(10), height: 0 },
      ],
    };
  }

  nodeVertex(wanted: string): NodeVertex | undefined {
    if (this.historyVertex(wanted) === undefined) return undefined;
    const spent_outputs = [{ index: 0, tx_ids: [id(5), id(6)] }];
    return {
      data: {
        ...BLOCK,
        hash: wanted,
        nonce: 2n ** 100n,
        tokens: [TOKEN_UID],
        metadata: { ...BLOCK.metadata, hash: wanted, spent_outputs },
      },
      bytes: Uint8Array.of(0, 255),
      children: [id(7)],
      min_height: 4,
      first_block_height: null,
    };
  }

  vertexPage(query: VertexPageQuery): VertexPage {
    this.pages.push(query);
    return { vertices: this.shelf.slice(0, query.count), has_more: true };
  }

  token(uid: string): TokenDetails | undefined {
    return uid === TOKEN_UID || uid === '00' ? TOKEN : undefined;
  }

  tokens(limit: number): readonly TokenListing[] {
    const { name, symbol, version } = TOKEN;
    return Array.from({ length: limit }, (_, place) => ({ uid: id(place), name, symbol, version }));
  }

  submitTransaction(bytes: Uint8Array): string {
    if (this.refusal !== undefined) throw new TransactionRefusedError(this.refusal);
    return vertexId(decodeVertex(bytes));
  }
}
