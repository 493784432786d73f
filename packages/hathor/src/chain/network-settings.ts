import type { Hex32 } from '../events/event-data.js';

/** Rules that nodes have alike on every public network; {@link NETWORK_RULES} has their values. */
export interface NetworkRules {
  /** Whether contract calls are taken. */
  readonly nano_contracts_enabled: boolean;
  /** Share of a minted amount that is deposited in native tokens. */
  readonly token_deposit_percentage: number;
  /** The same as a fraction. */
  readonly token_deposit_percentage_numerator: number;
  readonly token_deposit_percentage_denominator: number;
  /** Most inputs of a transaction. */
  readonly max_number_inputs: number;
  readonly max_number_outputs: number;
  /** Digits behind the point of an amount in atomic units. */
  readonly decimal_places: number;
  /** As many of them as wallets show. */
  readonly display_decimal_places: number;
  /** Digits behind the point in transactions with `token_amount_version` 1, and with 2. */
  readonly token_amount_v1_decimal_places: number;
  readonly token_amount_v2_decimal_places: number;
  readonly native_token: {
    readonly name: string;
    readonly symbol: string;
    /** 0 native. */
    readonly version: number;
  };
}

/** What wallets compute with (`GET version`). A network whose rules are its own names those that differ. */
export interface NetworkSettings extends Partial<NetworkRules> {
  /** Least weight of a transaction: log2 of the expected number of hashes. */
  readonly min_tx_weight: number;
  /** What a transaction's size adds to its weight: coefficient × log2(bytes). */
  readonly min_tx_weight_coefficient: number;
  readonly min_tx_weight_k: number;
  /** Blocks on top of a block before its reward can be spent. */
  readonly reward_spend_min_blocks: number;
  readonly genesis_block_hash: Hex32;
  readonly genesis_tx1_hash: Hex32;
  readonly genesis_tx2_hash: Hex32;
}

/** What holds where {@link NetworkSettings} says nothing. */
export const NETWORK_RULES: NetworkRules = {
  nano_contracts_enabled: false,
  token_deposit_percentage: 0.01,
  token_deposit_percentage_numerator: 1,
  token_deposit_percentage_denominator: 100,
  max_number_inputs: 255,
  max_number_outputs: 255,
  decimal_places: 2,
  // The contract gives `display_decimal_places` and `token_amount_v2_decimal_places` no values: these are assumptions.
  display_decimal_places: 2,
  token_amount_v1_decimal_places: 2,
  token_amount_v2_decimal_places: 18,
  native_token: { name: 'Hathor', symbol: 'HTR', version: 0 },
};
