import type { Hex32 } from '../events/event-data.js';
import type { AuxPow } from './aux-pow.js';

/** An output as it is in the bytes. */
export interface VertexOutput {
  /** 1 … 2^63, atomic units (100 = 1.00 HTR); a bit mask if bit 7 of `tokenData` is set: 1 mint, 2 melt. */
  readonly value: bigint;
  /** Low 7 bits: 0 native token, else 1 + index in the token list. Bit 7: authority. */
  readonly tokenData: number;
  readonly script: Uint8Array;
}

/** An input as it is in the bytes. */
export interface VertexInput {
  /** The vertex whose output is spent. */
  readonly txId: Hex32;
  /** Which of its outputs, 0 … 255. */
  readonly index: number;
  /** What satisfies the output's script; empty in the bytes that are signed. */
  readonly data: Uint8Array;
}

/** Members that all vertices have. */
export interface VertexBase {
  /** 0 … 255. */
  readonly signalBits: number;
  readonly outputs: readonly VertexOutput[];
  /** log2 of the expected number of hashes. */
  readonly weight: number;
  /** Unix seconds, 0 … 2^32 - 1. */
  readonly timestamp: number;
  /** Blocks: the block parent first. */
  readonly parents: readonly Hex32[];
}

/** A block with a proof of work of its own. */
export interface RegularBlock extends VertexBase {
  readonly version: 0;
  /** Up to 100 bytes of the miner's choice. */
  readonly data: Uint8Array;
  /** 0 … 2^128 - 1. */
  readonly nonce: bigint;
}

/** A block whose proof of work is a Bitcoin header. */
export interface MergeMinedBlock extends VertexBase {
  readonly version: 3;
  /** Up to 100 bytes of the miner's choice. */
  readonly data: Uint8Array;
  /** Not in the bytes; the node's messages say 0. */
  readonly nonce: 0n;
  readonly auxPow: AuxPow;
}

/** A block that has no proof of work yet. */
export interface UnminedBlock extends VertexBase {
  /** 0: it gets one of its own; 3: it is going to be merge-mined. */
  readonly version: 0 | 3;
  /** Up to 100 bytes of the miner's choice. */
  readonly data: Uint8Array;
}

/** A transfer of tokens. */
export interface RegularTransaction extends VertexBase {
  readonly version: 1;
  /** Uids of the custom tokens in use; `tokenData` 1 is the first one. */
  readonly tokens: readonly Hex32[];
  readonly inputs: readonly VertexInput[];
  /** 0 … 2^32 - 1. */
  readonly nonce: bigint;
}

/** Name, symbol and kind of a new token. */
export interface TokenInfo {
  /** 1 deposit, 2 fee. */
  readonly version: 1 | 2;
  /** Up to 255 bytes of UTF-8; nodes accept 1 to 30 characters. */
  readonly name: string;
  /** Up to 255 bytes of UTF-8; nodes accept 1 to 5 characters. */
  readonly symbol: string;
}

/** A transaction that creates a token; the token's uid is the transaction's id. */
export interface TokenCreationTransaction extends VertexBase {
  readonly version: 2;
  readonly inputs: readonly VertexInput[];
  readonly tokenInfo: TokenInfo;
  /** 0 … 2^32 - 1. */
  readonly nonce: bigint;
}

export type Block = RegularBlock | MergeMinedBlock;
export type Transaction = RegularTransaction | TokenCreationTransaction;

/** A block or a transaction. */
export type Vertex = Block | Transaction;

export function isBlock(vertex: Vertex): vertex is Block;
export function isBlock(vertex: Transaction | UnminedBlock): vertex is UnminedBlock;
export function isBlock(vertex: Transaction | UnminedBlock): boolean {
  return vertex.version === 0 || vertex.version === 3;
}

export function isTransaction(vertex: Vertex): vertex is Transaction {
  return vertex.version === 1 || vertex.version === 2;
}
