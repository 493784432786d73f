/**
 * What is wrong with a value of the wire.
 *
 * - `WRONG_LENGTH`: too short or too long.
 * - `WRONG_PREFIX`: an account text that starts with none of `nano_`, `xrb_`, `node_`.
 * - `WRONG_CHARACTER`: a character outside the alphabet: hex, decimal or the account alphabet.
 * - `OUT_OF_RANGE`: a number that the field cannot hold.
 * - `CHECKSUM`: an account text with a wrong checksum.
 * - `MISSING`: a block without one of its members.
 * - `UNKNOWN_TYPE`: a block type other than `state`, `send`, `receive`, `open`, `change`.
 */
export type WireErrorCode =
  | 'WRONG_LENGTH'
  | 'WRONG_PREFIX'
  | 'WRONG_CHARACTER'
  | 'OUT_OF_RANGE'
  | 'CHECKSUM'
  | 'MISSING'
  | 'UNKNOWN_TYPE';

/** The only error that the wire formats throw. */
export class WireError extends Error {
  override readonly name = 'WireError';

  constructor(
    readonly code: WireErrorCode,
    /** Which value, such as `account` or `balance`. */
    readonly field: string,
    readonly reason: string,
  ) {
    super(`${field}: ${reason}`);
  }
}
