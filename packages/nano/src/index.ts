import './events/chain-event-map.js';

export type { VoteProcessed, VoteType } from './events/vote-events.js';
export type {
  BlockConfirmed,
  ConfirmationType,
  Count,
  ElectionResult,
  ElectionStarted,
  ElectionStopped,
  ElectionVote,
  LegacyBlockFacts,
  Sideband,
  StateBlockFacts,
  UnconfirmedBlock,
} from './events/block-events.js';
export type {
  BootstrapExited,
  BootstrapMode,
  BootstrapStarted,
  DifficultyChanged,
  ExtendedTelemetry,
  TelemetryReceived,
  WorkGenerated,
  WorkRequest,
  WorkResult,
} from './events/node-events.js';
export type { NanoChainEvents } from './events/nano-events.js';
export { isNanoTopic, NANO_TOPICS } from './topics/nano-topics.js';
export type { NanoTopic } from './topics/nano-topics.js';
export { NanoWallets } from './wallets/nano-wallets.js';
export { NanoGateway } from './nano.gateway.js';
export { NanoModule } from './nano.module.js';
export type { NanoCompat, NanoExtensions, NanoExtras, NanoOptions } from './nano.options.js';
