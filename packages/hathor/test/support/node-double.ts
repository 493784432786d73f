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
import { DASHBOARD, NETWORK_SETTINGS } from './node-answers.js';

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
    return DASHBOARD;
  }

  networkSettings(): NetworkSettings {
    return NETWORK_SETTINGS;
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
