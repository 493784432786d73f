export type { BasaltHeader, MockBasaltBlock } from './basalt-block.js';
export { BasaltMockChain } from './basalt-mock-chain.js';
export type { BasaltMockChainOptions, MineOptions } from './basalt-mock-chain.js';
export { basaltHeaderBytes } from './header-bytes.js';
