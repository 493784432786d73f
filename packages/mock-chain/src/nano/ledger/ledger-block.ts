import type { Block, BlockSubtype } from '@sluice/nano/wire';

/** Where an account's chain stands. Accounts are canonical text, hashes upper-case hex. */
export interface LedgerAccount {
  readonly account: string;
  /** Hash of the newest block. */
  readonly head: string;
  readonly height: number;
  /** Raw. */
  readonly balance: bigint;
  readonly representative: string;
  readonly epoch: 0 | 1 | 2;
  /** Whether the newest block is a legacy one, which legacy blocks may follow. */
  readonly legacy: boolean;
}

/** A send that waits for its receiver. */
export interface Receivable {
  /** Hash of the send. */
  readonly source: string;
  readonly from: string;
  readonly to: string;
  /** Raw. */
  readonly amount: bigint;
  readonly epoch: LedgerAccount['epoch'];
}

/** A block in the ledger and what it did. */
export interface LedgerBlock {
  readonly block: Block;
  readonly hash: string;
  /** The account after it. */
  readonly after: LedgerAccount;
  /** The account before it; absent for the first block of an account. */
  readonly before?: LedgerAccount;
  /** What it does, legacy blocks included. */
  readonly kind: BlockSubtype;
  /** Raw: absolute difference of the balances. */
  readonly amount: bigint;
  /** What it receives. */
  readonly received?: Receivable;
  /** The account that it pays. */
  readonly destination?: string;
  /** When it was stored, Unix seconds. */
  readonly storedAt: number;
}
