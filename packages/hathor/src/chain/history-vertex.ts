import type { DecodedScript, Hex32, JsonInteger, UndecodableScript } from '../events/event-data.js';

/** An output as wallets see it (contract 1.5). */
export interface HistoryOutput {
  /** Atomic units, or a bit mask for an authority: 1 mint, 2 melt. */
  readonly value: JsonInteger;
  /** Low 7 bits: 0 native token, else 1 + index in the transaction's token list. Bit 7: authority. */
  readonly token_data: number;
  /** Base64. */
  readonly script: string;
  readonly decoded: DecodedScript | UndecodableScript;
  /** Token uid; `00` is the native token. */
  readonly token: string;
  /** The spender that is not voided. Present even when null. */
  readonly spent_by: Hex32 | null;
}

/** An input: everything about the spent output, then which output it is. */
export interface HistoryInput extends Omit<HistoryOutput, 'spent_by'> {
  readonly type: 'transparent';
  readonly tx_id: Hex32;
  readonly index: number;
}

/**
 * A vertex as the wallet socket and the thin-wallet endpoints show it (contract 1.5). Members of contract transactions are
 * carried along as they are.
 */
export interface HistoryVertex {
  readonly tx_id: Hex32;
  readonly version: number;
  readonly weight: number;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly is_voided: boolean;
  readonly inputs: readonly HistoryInput[];
  readonly outputs: readonly HistoryOutput[];
  readonly parents: readonly Hex32[];
  /** The block that confirms a transaction; null for blocks. */
  readonly first_block: Hex32 | null;
  /** Blocks only. */
  readonly height?: number;
  /** Token-creation transactions only. */
  readonly token_name?: string;
  readonly token_symbol?: string;
  /** Token creations: always empty. Contract calls: the transaction's token list. */
  readonly tokens?: readonly Hex32[];
  /** Contract calls only: the same as `tx_id`. */
  readonly hash?: Hex32;
  readonly nonce?: JsonInteger;
  readonly signal_bits?: number;
  readonly token_amount_version?: 1 | 2;
  readonly [member: `nc_${string}`]: unknown;
}
