/**
 * Why a block was not taken into the ledger, in the words of the reference node.
 *
 * - `bad_signature`: the account, or for an epoch the epoch signer, did not sign it.
 * - `insufficient_work`: its work is below the threshold.
 * - `old`: it is known already.
 * - `fork`: another block has its place, and no election is open that it could join.
 * - `gap_previous`, `gap_source`: the block before it, or the send that it receives, is unknown or not confirmed yet.
 * - `unreceivable`: its source is not waiting for this account, or only state blocks may receive it.
 * - `negative_spend`: a legacy send that raises the balance.
 * - `balance_mismatch`, `representative_mismatch`: the block does not keep what it must not change.
 * - `block_position`: a legacy block after a state block, or an epoch out of turn.
 * - `opened_burn_account`: nobody has the zero account's key.
 */
export type RefusalCode =
  | 'bad_signature'
  | 'insufficient_work'
  | 'old'
  | 'fork'
  | 'gap_previous'
  | 'gap_source'
  | 'unreceivable'
  | 'negative_spend'
  | 'balance_mismatch'
  | 'representative_mismatch'
  | 'block_position'
  | 'opened_burn_account';

/** A block breaks a rule of the ledger; nothing has changed. */
export class BlockRefusedError extends Error {
  override readonly name = 'BlockRefusedError';

  constructor(
    readonly code: RefusalCode,
    reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}

/** @throws BlockRefusedError unless the rule holds. */
export function requireRule(holds: boolean, code: RefusalCode, reason: string): asserts holds {
  if (!holds) throw new BlockRefusedError(code, reason);
}
