import './events/chain-event-map.js';

export { BlockRefusedError } from './chain/block-refused.error.js';
export { HathorChain } from './chain/hathor-chain.js';
export { HathorMiningChain } from './chain/hathor-mining-chain.js';
export type { BlockTemplate, MiningInfo, SubmittedBlock } from './chain/hathor-mining-chain.js';
export { HathorNodeChain } from './chain/hathor-node-chain.js';
export type {
  BlockPlace,
  ChainSummary,
  NodeVertex,
  OutputPlace,
  TokenDetails,
  TokenListing,
  VertexPage,
  VertexPageQuery,
} from './chain/hathor-node-chain.js';
export { NETWORK_RULES } from './chain/network-settings.js';
export type { NetworkRules, NetworkSettings } from './chain/network-settings.js';
export { TransactionRefusedError } from './chain/transaction-refused.error.js';
export { HathorWalletChain } from './chain/hathor-wallet-chain.js';
export type { ChainDashboard, MaybePromise } from './chain/hathor-wallet-chain.js';
export type { HistoryInput, HistoryOutput, HistoryVertex } from './chain/history-vertex.js';
export { EventGateway } from './events/event.gateway.js';
export type { EventIdentity, EventQueueOptions } from './events/event-queue.options.js';
export { parseEventRecording } from './events/event-recording.js';
export type { EventRecording } from './events/event-recording.js';
export type { HathorEventType } from './events/event-types.js';
export { HathorEvents } from './events/hathor-events.service.js';
export { hathorMetrics } from './hathor-metrics.js';
export { HathorModule } from './hathor.module.js';
export type { HathorEventOptions, HathorExtras, HathorOptions } from './hathor.options.js';
export type {
  DecodedScript,
  EmptyData,
  HathorChainEvents,
  Hex32,
  InputData,
  JsonInteger,
  NanoHeaderData,
  NcEventData,
  NcExecution,
  OutputData,
  RemovedVertexData,
  ReorgData,
  SpentOutputData,
  TokenData,
  UndecodableScript,
  VertexData,
  VertexMetadata,
} from './events/event-data.js';
export { HathorMiningStats } from './mining/hathor-mining-stats.js';
export { MiningGateway } from './mining/mining.gateway.js';
export type { HathorMiningOptions } from './mining/mining.options.js';
export type { TemplateMessage } from './mining/template-message.js';
export { HathorWalletLimits } from './wallet-socket/hathor-wallet-limits.js';
export { HathorWalletStats } from './wallet-socket/hathor-wallet-stats.js';
export type {
  HathorWalletEvents,
  WalletOutput,
  WalletSpending,
} from './wallet-socket/own-wallet-events.js';
export { HathorHistoryStreams } from './wallet-socket/streams/hathor-history-streams.service.js';
export { WalletGateway } from './wallet-socket/wallet.gateway.js';
export type { HathorWalletOptions } from './wallet-socket/wallet-socket.options.js';
