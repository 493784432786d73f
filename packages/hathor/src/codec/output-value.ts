import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

const MAX_VALUE_IN_4_BYTES = 0x7fff_ffffn;
const MAX_VALUE = 1n << 63n;

/**
 * The bytes of an output value: 4 up to 2^31 - 1, else 8 that hold the negated value; the first bit tells which.
 *
 * @throws CodecError unless 1 <= value <= 2^63.
 */
export function encodeOutputValue(value: bigint): Uint8Array {
  const writer = new ByteWriter();
  writeOutputValue(writer, value);
  return writer.finish();
}

/** Inverse of {@link encodeOutputValue}; the bytes must hold exactly one value. */
export function decodeOutputValue(bytes: Uint8Array): bigint {
  const reader = new ByteReader(bytes);
  const value = readOutputValue(reader);
  reader.end();
  return value;
}

export function writeOutputValue(writer: ByteWriter, value: bigint): void {
  if (value < 1n || value > MAX_VALUE) {
    throw writer.error('INVALID_VALUE', 'value', `${value} is not in 1 … 2^63`);
  }
  if (value <= MAX_VALUE_IN_4_BYTES) writer.uint32('value', Number(value));
  else writer.int64(-value);
}

/** @param mayBeZero whether 0, which no output can have, is read as well. */
export function readOutputValue(reader: ByteReader, mayBeZero = false): bigint {
  if (!reader.peekSign('value')) {
    const value = reader.uint32('value');
    if (value === 0 && !mayBeZero) {
      throw reader.error('INVALID_VALUE', 'value', '0 is not in 1 … 2^63');
    }
    return BigInt(value);
  }
  const value = -reader.int64('value');
  if (value <= MAX_VALUE_IN_4_BYTES) {
    throw reader.error('NON_CANONICAL', 'value', `${value} takes 8 bytes instead of 4`);
  }
  return value;
}
