export { BigchaindbModule } from './bigchaindb.module.js';
export type { BigchaindbExtras, BigchaindbOptions } from './bigchaindb.options.js';
export { assetIdOf } from './stream/asset-id.js';
export { BlockStreamGateway } from './stream/block-stream.gateway.js';
export type {
  BigchaindbChainEvents,
  BigchaindbTransaction,
  CommittedBlock,
  TransactionOutput,
} from './stream/committed-block.js';
export { EventExchange } from './stream/event-exchange.js';
export { StreamDispatcher } from './stream/stream-dispatcher.js';
export type { StreamedTransaction, StreamItem } from './stream/stream-dispatcher.js';
export { POISON_PILL, StreamEventType } from './stream/stream-event.js';
export type { StreamEvent } from './stream/stream-event.js';
export { TransactionStreamGateway } from './stream/transaction-stream.gateway.js';
export type { TransactionFilterOptions } from './stream/transaction.filter.js';
export { WSSERVER_DEFAULTS, wsserverSettings } from './wsserver.settings.js';
export type { Environment, WsserverSettings } from './wsserver.settings.js';
