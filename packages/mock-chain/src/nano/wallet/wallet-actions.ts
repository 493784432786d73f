/** What can be asked of the wallets of a chain. */
import type { Confirmation } from '../consensus.js';

/** Options of every action that makes a block. */
export interface BlockOptions {
  /** What becomes of the block. Default `active_quorum`. */
  readonly confirmation?: Confirmation;
  /** A block of the old kind, which only legacy accounts can have. Default false. */
  readonly legacy?: boolean;
}

/** Options of a send. */
export interface SendOptions extends BlockOptions {
  /** Account text. Default: an account of the wallet that has enough, else genesis. */
  readonly from?: string;
  /** Account text. Default: another account of the wallet. */
  readonly to?: string;
  /** Raw. Default: up to a tenth of the balance. */
  readonly amount?: bigint;
}

/** Options of a receive. */
export interface ReceiveOptions extends BlockOptions {
  /** Account text. Default: whoever waits longest. */
  readonly account?: string;
  /** Hash of the send. Default: the oldest one. */
  readonly source?: string;
  /** Account text, for the first block of an account. Default: one of the chain's representatives. */
  readonly representative?: string;
}

/** Options of a change of representative. */
export interface ChangeOptions extends BlockOptions {
  /** Account text. Default: an account of the wallet. */
  readonly account?: string;
  /** Account text. Default: one of the chain's representatives. */
  readonly representative?: string;
}

/** Options of an epoch block. */
export interface EpochOptions extends Pick<BlockOptions, 'confirmation'> {
  /** Account text. Default: an account of the wallet that is not at epoch 2. */
  readonly account?: string;
  /** Default: the account's next one. */
  readonly epoch?: 1 | 2;
}

/** Options of a fork. */
export interface ForkOptions {
  /** Account text. Default: an account of the wallet. */
  readonly account?: string;
  /** Which of the two blocks is confirmed; with `none` their election is dropped. Default `first`. */
  readonly winner?: 'first' | 'second' | 'none';
}
