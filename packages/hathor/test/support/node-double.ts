import type {
  ChainDashboard,
  ChainSummary,
  HistoryVertex,
  NetworkSettings,
  NodeVertex,
  TokenDetails,
  TokenListing,
  VertexData,
  VertexPage,
} from '../../src/index.js';
import { HathorMiningChain, TransactionRefusedError } from '../../src/index.js';

/** What miners do not ask. */
export abstract class NodeDouble extends HathorMiningChain {
  vertices(): Iterable<VertexData> {
    return [];
  }

  addressHistory(): Iterable<HistoryVertex> {
    return [];
  }

  isAddressUsed(): boolean {
    return false;
  }

  historyVertex(): HistoryVertex | undefined {
    return undefined;
  }

  dashboard(): ChainDashboard {
    return { transactions: 2, blocks: 1, best_block_height: 0, hash_rate: 1, peers: 0 };
  }

  networkSettings(): NetworkSettings {
    return {
      min_tx_weight: 14,
      min_tx_weight_coefficient: 1.6,
      min_tx_weight_k: 100,
      reward_spend_min_blocks: 10,
      genesis_block_hash: '',
      genesis_tx1_hash: '',
      genesis_tx2_hash: '',
    };
  }

  summary(): ChainSummary {
    return { first_timestamp: 1, latest_timestamp: 1, best_blockchain: [{ hash: '', height: 0 }] };
  }

  nodeVertex(): NodeVertex | undefined {
    return undefined;
  }

  vertexPage(): VertexPage {
    return { vertices: [], has_more: false };
  }

  token(): TokenDetails | undefined {
    return undefined;
  }

  tokens(): readonly TokenListing[] {
    return [];
  }

  submitTransaction(): string {
    throw new TransactionRefusedError('Not in this test');
  }
}
