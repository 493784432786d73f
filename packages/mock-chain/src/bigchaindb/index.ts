export { BigchaindbMockChain, NoAssetError } from './bigchaindb-mock-chain.js';
export type { BigchaindbMockChainOptions, MockBigchaindbBlock } from './bigchaindb-mock-chain.js';
export { BigchaindbTraffic } from './bigchaindb-traffic.js';
export type { Ed25519Condition } from './ed25519-condition.js';
export type { MockTransaction, OutputLink } from './transaction.js';
