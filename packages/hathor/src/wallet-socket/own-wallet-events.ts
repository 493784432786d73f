/**
 * What happens to the wallet of an application that has one, typed as the wallet socket sends it (contract 1.4).
 * Applications without a wallet never publish these.
 */
import type { EmptyData, Hex32, JsonInteger } from '../events/event-data.js';

/** An output that the wallet can spend, or could. */
export interface WalletOutput {
  /** Unix seconds. */
  readonly timestamp: number;
  readonly tx_id: Hex32;
  readonly index: number;
  readonly value: JsonInteger;
  readonly address: string;
  readonly token_data: number;
  readonly voided: boolean;
  /** Unix seconds. */
  readonly timelock: number | null;
}

/** An output of the wallet that was spent. */
export interface WalletSpending {
  /** Unix seconds. */
  readonly timestamp: number;
  /** The spender. */
  readonly tx_id: Hex32;
  /** The spent output. */
  readonly from_tx_id: Hex32;
  readonly from_index: number;
  readonly value: JsonInteger;
  readonly voided: boolean;
}

/** Names and payloads of what an application with a wallet publishes. */
export interface HathorWalletEvents {
  /** The wallet got an output. `total`: outputs it knows, spent and unspent. */
  'wallet.output-received': { readonly total: number; readonly output: WalletOutput };
  /** An output of the wallet was spent. */
  'wallet.output-spent': { readonly output_spent: WalletSpending };
  /** The balance was computed anew; of the native token, in atomic units. */
  'wallet.balance-updated': {
    readonly balance: { readonly locked: JsonInteger; readonly available: JsonInteger };
  };
  /** A vertex of the wallet became voided, or valid again. */
  'wallet.history-updated': EmptyData;
  /** A key-pair wallet generated keys. */
  'wallet.keys-generated': { readonly keys_count: number };
  /** An HD wallet gave out the last address within its gap limit. */
  'wallet.gap-limit': { readonly limit: number };
}
