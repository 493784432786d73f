import { WireError } from './wire-error.js';

/** An unsigned number of 64 bits, or its 16 hex digits in either case: a work value, a difficulty. */
export type U64 = bigint | string;

/** 2^64. */
export const TWO_TO_64: bigint = 1n << 64n;

const DIGITS = 16;

/**
 * @throws WireError `OUT_OF_RANGE`, `WRONG_LENGTH` or `WRONG_CHARACTER`.
 */
export function unsigned64(value: U64, field: string): bigint {
  if (typeof value === 'bigint') {
    if (value >= 0n && value < TWO_TO_64) return value;
    throw new WireError('OUT_OF_RANGE', field, 'not an unsigned number of 64 bits');
  }
  if (value.length !== DIGITS) {
    throw new WireError(
      'WRONG_LENGTH',
      field,
      `${value.length} characters instead of ${DIGITS} hex digits`,
    );
  }
  if (!/^[0-9a-fA-F]+$/.test(value)) throw new WireError('WRONG_CHARACTER', field, 'not hex');
  return BigInt(`0x${value}`);
}

/**
 * As the wire writes work and difficulties: exactly 16 digits of lower-case hex (contract 3.1).
 *
 * @throws WireError as {@link unsigned64}.
 */
export function hex64(value: U64, field: string): string {
  return unsigned64(value, field).toString(16).padStart(DIGITS, '0');
}
