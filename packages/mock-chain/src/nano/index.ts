export { NanoMockChain } from './nano-mock-chain.js';
export type { NanoChainFigures, VoteOptions } from './nano-mock-chain.js';
export type { NanoChainLimits, NanoMockChainOptions } from './nano-mock-chain.options.js';
export { NanoChainError } from './chain-error.js';
export type { NanoMockEvent } from './chain-event.js';
export type { Confirmation } from './consensus.js';
export { BlockRefusedError } from './ledger/block-refused.error.js';
export type { RefusalCode } from './ledger/block-refused.error.js';
export type { LedgerAccount, LedgerBlock, Receivable } from './ledger/ledger-block.js';
export type { BootstrapOptions, WorkOptions } from './network/node-life.js';
export { NanoTraffic } from './traffic/nano-traffic.js';
export type { NanoTrafficAction, NanoTrafficOptions } from './traffic/nano-traffic.js';
export { NANO_GENESIS_SEED } from './wallet/keyring.js';
export type { Keyring } from './wallet/keyring.js';
export type { NanoWallet } from './wallet/nano-wallet.js';
export type {
  BlockOptions,
  ChangeOptions,
  EpochOptions,
  ForkOptions,
  ReceiveOptions,
  SendOptions,
} from './wallet/wallet-actions.js';
