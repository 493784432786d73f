/**
 * What happens on a Hathor chain, typed as the event socket sends it (PROTOCOL.md, "The event object").
 * Applications publish these on the bus; member names are the wire's own.
 */

/** A JSON integer of any size; `bigint` beyond 2^53, every digit survives on the wire. */
export type JsonInteger = number | bigint;

/** 32 bytes as 64 lower-case hex digits. */
export type Hex32 = string;

/** A script in readable form; `timelock` in Unix seconds. */
export interface DecodedScript {
  readonly type: 'P2PKH' | 'MultiSig';
  readonly address: string;
  readonly timelock: number | null;
}

/** No member at all: the script is neither P2PKH nor MultiSig. */
export type UndecodableScript = Readonly<Record<string, never>>;

/** An output of a vertex. */
export interface OutputData {
  /** Atomic units (100 = 1.00 HTR), or a bit mask if bit 7 of `token_data` is set: 1 mint, 2 melt. */
  readonly value: JsonInteger;
  /** Low 7 bits: 0 native token, else 1 + index in the token list. Bit 7: authority. */
  readonly token_data: number;
  /** Base64. */
  readonly script: string;
  readonly decoded: DecodedScript | UndecodableScript;
}

/** The output an input spends. Undecodable scripts carry the re-numbered `token_data` inside `decoded`. */
export interface SpentOutputData extends Omit<OutputData, 'decoded'> {
  readonly decoded: DecodedScript | { readonly token_data: number };
}

/** An input of a vertex. */
export interface InputData {
  readonly tx_id: Hex32;
  readonly index: number;
  readonly spent_output: SpentOutputData;
}

/** The nano-contract header of a transaction. */
export interface NanoHeaderData {
  readonly id: '10';
  readonly nc_seqnum: number;
  /** The raw field: the blueprint id for `initialize`, otherwise the contract id. */
  readonly nc_id: Hex32;
  readonly nc_method: string;
  readonly nc_address: string;
}

/** State of a contract call. */
export type NcExecution = 'pending' | 'success' | 'failure' | 'skipped';

/** What consensus knows about a vertex. */
export interface VertexMetadata {
  readonly hash: Hex32;
  readonly spent_outputs: readonly { readonly index: number; readonly tx_ids: readonly Hex32[] }[];
  readonly conflict_with: readonly Hex32[];
  /** Ids that void the vertex, and ASCII labels in hex such as `6e632d6661696c` ("nc-fail"). */
  readonly voided_by: readonly string[];
  readonly received_by: readonly [];
  readonly twins: readonly Hex32[];
  /** log2 of the raw value; 0 for raw values up to 1. */
  readonly accumulated_weight: number;
  readonly score: number;
  /** Exact integers as decimal strings. */
  readonly accumulated_weight_raw: string;
  readonly score_raw: string;
  /** The block that confirms a transaction. */
  readonly first_block: Hex32 | null;
  /** 0 for transactions. */
  readonly height: number;
  readonly validation: string;
  readonly nc_execution: NcExecution | null;
}

/** A vertex without metadata, as in `VERTEX_REMOVED`. */
export interface RemovedVertexData {
  readonly hash: Hex32;
  /** 0 for merge-mined blocks; up to 2^128 - 1 for blocks. */
  readonly nonce: JsonInteger;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly signal_bits: number;
  /** 0 block, 1 transaction, 2 token creation, 3 merge-mined block, 5 proof-of-authority block, 6 blueprint. */
  readonly version: number;
  readonly weight: number;
  readonly inputs: readonly InputData[];
  readonly outputs: readonly OutputData[];
  /** Blocks: the block parent first. */
  readonly parents: readonly Hex32[];
  readonly tokens: readonly Hex32[];
  readonly token_name: string | null;
  readonly token_symbol: string | null;
  readonly aux_pow: string | null;
  readonly headers: readonly NanoHeaderData[];
  readonly name: string | null;
}

/** A vertex with metadata. */
export interface VertexData extends RemovedVertexData {
  readonly metadata: VertexMetadata;
}

/** A switch of the best chain. */
export interface ReorgData {
  /** Height of the old best block minus height of the common block. */
  readonly reorg_size: number;
  readonly previous_best_block: Hex32;
  readonly new_best_block: Hex32;
  readonly common_block: Hex32;
}

/** An event that a contract emitted. */
export interface NcEventData {
  readonly vertex_id: Hex32;
  readonly nc_id: Hex32;
  readonly nc_execution: NcExecution;
  /** The executing block. */
  readonly first_block: Hex32;
  readonly data_hex: string;
}

/** A token that came into existence. */
export interface TokenData {
  readonly token_uid: Hex32;
  /** Set if a contract created it, null for a token-creation transaction. */
  readonly nc_exec_info: { readonly nc_tx: Hex32; readonly nc_block: Hex32 } | null;
  readonly token_name: string;
  readonly token_symbol: string;
  /** 1 deposit, 2 fee. */
  readonly token_version: JsonInteger;
}

/** Data of an event that says everything by its type. */
export type EmptyData = Readonly<Record<string, never>>;

/** Names and payloads of what an application publishes. */
export interface HathorChainEvents {
  /** A vertex was added, voided or not. */
  'vertex.accepted': VertexData;
  /** Consensus changed a vertex's metadata. */
  'vertex.metadata-changed': VertexData;
  /** A mempool vertex became invalid after a reorg and was deleted. */
  'vertex.removed': RemovedVertexData;
  /** The best chain is being switched; opens a group. */
  'reorg.started': ReorgData;
  /** Closes the group. */
  'reorg.finished': EmptyData;
  /** A contract emitted an event in an execution. */
  'contract.event': NcEventData;
  /** A token came into existence. */
  'token.created': TokenData;
  /** Last event before an abnormal exit. */
  'node.crashed': EmptyData;
}
