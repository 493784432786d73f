export { HathorMockChain } from './hathor/hathor-mock-chain.js';
export type {
  AddVertexOptions,
  HathorMockChainOptions,
  ReorgOptions,
} from './hathor/hathor-mock-chain.js';
export type { MockChainEvent } from './hathor/events/chain-event.js';
export type { MineBlockOptions } from './hathor/mining/block-assembly.js';
export type { ChainParameters, NetworkName } from './hathor/network/chain-parameters.js';
export type { SignallingPeriod } from './hathor/mining/signalling.js';
export { GENESIS_WORDS } from './hathor/network/genesis.js';
export type {
  ContractCall,
  ContractEngine,
  ContractResult,
} from './hathor/consensus/contract-engine.js';
export {
  hathorScenario,
  hathorScenarioNames,
  isHathorScenario,
  playableScenarioNames,
  playScenario,
} from './hathor/scenarios/hathor-scenario.js';
export type {
  HathorScenario,
  HathorScenarioName,
  PlayableScenarioName,
} from './hathor/scenarios/hathor-scenario.js';
export { HathorTraffic, STEPS_PER_BLOCK } from './hathor/traffic/hathor-traffic.js';
export type {
  HathorTrafficOptions,
  TrafficAction,
  TrafficStep,
} from './hathor/traffic/hathor-traffic.js';
export type { HathorNodeView } from './hathor/node/hathor-node-view.js';
export { VertexRejectedError } from './hathor/verification/vertex-rejected.error.js';
export type { RejectionCode } from './hathor/verification/vertex-rejected.error.js';
export type { DoubleSpendOptions } from './hathor/wallet/double-spend.js';
export { InsufficientFundsError } from './hathor/wallet/insufficient-funds.error.js';
export { MockWallet } from './hathor/wallet/mock-wallet.js';
export type {
  CreateTokenOptions,
  RedeemOptions,
  TransferOptions,
} from './hathor/wallet/payment.js';
