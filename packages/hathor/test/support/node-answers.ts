/** What the chains of tests answer where the test does not care. */
import type { ChainDashboard, NetworkSettings } from '../../src/index.js';

export const DASHBOARD: ChainDashboard = {
  transactions: 2,
  blocks: 1,
  best_block_height: 0,
  hash_rate: 1,
  peers: 0,
};

export const NETWORK_SETTINGS: NetworkSettings = {
  min_tx_weight: 14,
  min_tx_weight_coefficient: 1.6,
  min_tx_weight_k: 100,
  reward_spend_min_blocks: 10,
  genesis_block_hash: '',
  genesis_tx1_hash: '',
  genesis_tx2_hash: '',
};
