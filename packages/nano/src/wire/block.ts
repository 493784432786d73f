import type { Account } from './account.js';
import type { Bytes32, Bytes64 } from './bytes.js';
import type { U64 } from './unsigned64.js';

/** Members of every block that are not part of its hash. */
export interface BlockProof {
  readonly signature: Bytes64;
  readonly work: U64;
}

/** The kind of all blocks made today: one for each change of an account (contract 7.1). */
export interface StateBlock extends BlockProof {
  readonly type: 'state';
  /** Whose chain the block is on. */
  readonly account: Account;
  /** Hash of the block before it on the chain; zero for an opening block. */
  readonly previous: Bytes32;
  readonly representative: Account;
  /** In raw, after the block. */
  readonly balance: bigint;
  /** Destination of a send, source block of a receive, zero for a change, an epoch's text for an epoch. */
  readonly link: Bytes32;
}

/** Legacy send (contract 7.2). */
export interface SendBlock extends BlockProof {
  readonly type: 'send';
  readonly previous: Bytes32;
  readonly destination: Account;
  /** In raw, after the block. */
  readonly balance: bigint;
}

/** Legacy receive. */
export interface ReceiveBlock extends BlockProof {
  readonly type: 'receive';
  readonly previous: Bytes32;
  /** Hash of the send. */
  readonly source: Bytes32;
}

/** Legacy first block of an account. */
export interface OpenBlock extends BlockProof {
  readonly type: 'open';
  /** Hash of the send. */
  readonly source: Bytes32;
  readonly representative: Account;
  readonly account: Account;
}

/** Legacy change of representative. */
export interface ChangeBlock extends BlockProof {
  readonly type: 'change';
  readonly previous: Bytes32;
  readonly representative: Account;
}

export type LegacyBlock = SendBlock | ReceiveBlock | OpenBlock | ChangeBlock;

/** A block of any type. Accounts, hashes and signatures are text or bytes, as the application has them. */
export type Block = StateBlock | LegacyBlock;

/** `type` of a block. */
export type BlockType = Block['type'];

/** A block without signature and work, as it is before signing: enough for its hash. */
export type UnsignedBlock<B extends Block = Block> = B extends Block
  ? Omit<B, keyof BlockProof>
  : never;
