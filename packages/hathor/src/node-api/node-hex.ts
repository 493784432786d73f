import { CodecError } from '../codec/codec-error.js';
import { MAX_VERTEX_SIZE } from '../codec/limits.js';

/** Most pieces between white space: one for each byte, and an empty one at either end. */
const MOST_PIECES = MAX_VERTEX_SIZE + 2;

const PLACE = { field: 'hexdata' };

/** Whether a text is whole bytes in hex. */
export function isHex(text: string): boolean {
  return /^([0-9a-f]{2})*$/i.test(text);
}

/**
 * The bytes of a vertex in hex as a node reads it: ASCII white space between bytes does not count.
 *
 * @throws CodecError if it is no hex, or more than a vertex can have.
 */
export function vertexBytes(hex: string): Uint8Array {
  const pieces = hex.split(/[\t-\r ]+/, MOST_PIECES + 1);
  const digits = pieces.join('');
  if (pieces.length > MOST_PIECES || digits.length > 2 * MAX_VERTEX_SIZE) {
    throw new CodecError('TOO_LARGE', `more than ${MAX_VERTEX_SIZE} bytes`, PLACE);
  }
  if (!pieces.every(isHex)) throw new CodecError('INVALID_VALUE', 'not hexadecimal', PLACE);
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}
