import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { WireError } from './wire-error.js';

/** 32 bytes, as they are or as 64 hex digits in either case: a block hash, a link, a public key. */
export type Bytes32 = Uint8Array | string;

/** 64 bytes, as they are or as 128 hex digits in either case: a signature. */
export type Bytes64 = Uint8Array | string;

/** 32 zero bytes: the previous block of an opening block, the link of a change. */
export const ZERO_BYTES32: Uint8Array = new Uint8Array(32);

const HEX = /^[0-9a-fA-F]*$/;

/**
 * The bytes of a value of `size` bytes.
 *
 * @throws WireError `WRONG_LENGTH` or `WRONG_CHARACTER`.
 */
export function bytesOf(value: Uint8Array | string, size: number, field: string): Uint8Array {
  return typeof value === 'string'
    ? hexToBytes(checkedHex(value, size, field))
    : checkedBytes(value, size, field);
}

/**
 * A value of `size` bytes as the wire writes hashes, links, keys and signatures: upper-case hex in full width (contract 3.1).
 *
 * @throws WireError `WRONG_LENGTH` or `WRONG_CHARACTER`.
 */
export function upperHex(value: Uint8Array | string, size: number, field: string): string {
  const hex =
    typeof value === 'string'
      ? checkedHex(value, size, field)
      : bytesToHex(checkedBytes(value, size, field));
  return hex.toUpperCase();
}

function checkedBytes(bytes: Uint8Array, size: number, field: string): Uint8Array {
  if (bytes.length === size) return bytes;
  throw new WireError('WRONG_LENGTH', field, `${bytes.length} bytes instead of ${size}`);
}

function checkedHex(text: string, size: number, field: string): string {
  if (text.length !== 2 * size) {
    throw new WireError(
      'WRONG_LENGTH',
      field,
      `${text.length} characters instead of ${2 * size} hex digits`,
    );
  }
  if (!HEX.test(text)) throw new WireError('WRONG_CHARACTER', field, 'not hex');
  return text;
}
