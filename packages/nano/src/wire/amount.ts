import { numberToBytesBE } from '@noble/curves/utils.js';
import { WireError } from './wire-error.js';

/** The largest amount, in raw: 128 bits. */
export const MAX_AMOUNT: bigint = (1n << 128n) - 1n;

const SIZE = 16;

/**
 * An amount in raw as the wire writes it: decimal, no sign, no padding.
 *
 * @throws WireError `OUT_OF_RANGE` below 0 or above {@link MAX_AMOUNT}.
 */
export function amountText(amount: bigint, field = 'amount'): string {
  return checked(amount, field).toString();
}

/**
 * An amount as hashes take it in and legacy sends write it: 16 bytes, big-endian.
 *
 * @throws WireError `OUT_OF_RANGE`.
 */
export function amountBytes(amount: bigint, field = 'amount'): Uint8Array {
  return numberToBytesBE(checked(amount, field), SIZE);
}

/**
 * The amount in decimal text.
 *
 * @throws WireError `WRONG_CHARACTER` for anything but digits, `OUT_OF_RANGE` above {@link MAX_AMOUNT}.
 */
export function parseAmount(text: string, field = 'amount'): bigint {
  if (!/^\d+$/.test(text)) throw new WireError('WRONG_CHARACTER', field, 'not a decimal number');
  return checked(BigInt(text), field);
}

function checked(amount: bigint, field: string): bigint {
  if (amount >= 0n && amount <= MAX_AMOUNT) return amount;
  throw new WireError('OUT_OF_RANGE', field, 'not an unsigned number of 128 bits');
}
