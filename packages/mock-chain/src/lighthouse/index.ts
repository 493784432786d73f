export type { MockBeaconEvent } from './beacon-event.js';
export { ChainRefusedError } from './chain-refused.error.js';
export { LighthouseMockChain } from './lighthouse-mock-chain.js';
export type {
  BlockSummary,
  LighthouseMockChainOptions,
  ProduceOptions,
} from './lighthouse-mock-chain.js';
export { LighthouseTraffic } from './lighthouse-traffic.js';
export type { LighthouseTrafficOptions, SlotKind } from './lighthouse-traffic.js';
export { ATTESTATION_REJECTIONS, BLOCK_REJECTIONS } from './rejections.js';
export type { AttestationRejection, BlockRejection } from './rejections.js';
