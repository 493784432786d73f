import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex32 } from '../events/event-data.js';
import { CodecError } from './codec-error.js';
import type { CodecErrorCode } from './codec-error.js';
import { FieldPath } from './field-path.js';

/** Reads big-endian fields; every failure names the field and its offset. */
export class ByteReader {
  readonly path = new FieldPath();
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;
  #fieldOffset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(field: string): number {
    return this.#view.getUint8(this.#take(field, 1));
  }

  uint16(field: string): number {
    return this.#view.getUint16(this.#take(field, 2));
  }

  uint32(field: string): number {
    return this.#view.getUint32(this.#take(field, 4));
  }

  int64(field: string): bigint {
    return this.#view.getBigInt64(this.#take(field, 8));
  }

  uint128(field: string): bigint {
    const at = this.#take(field, 16);
    return (this.#view.getBigUint64(at) << 64n) | this.#view.getBigUint64(at + 8);
  }

  double(field: string): number {
    return this.#view.getFloat64(this.#take(field, 8));
  }

  /** The high bit of the next byte, which is not consumed. */
  peekSign(field: string): boolean {
    const at = this.#take(field, 1);
    this.#offset = at;
    return this.#view.getUint8(at) >= 0x80;
  }

  /** A copy, so that what was decoded does not change with the input buffer. */
  bytes(field: string, length: number): Uint8Array {
    const at = this.#take(field, length);
    return new Uint8Array(this.#bytes.subarray(at, at + length));
  }

  hash(field: string): Hex32 {
    const at = this.#take(field, 32);
    return bytesToHex(this.#bytes.subarray(at, at + 32));
  }

  /** Bitcoin's variable-length integer (little-endian), in its shortest form, up to 2^32 - 1. */
  varint(field: string): number {
    const start = this.#offset;
    const first = this.uint8(field);
    if (first < 0xfd) return first;
    const size = first === 0xfd ? 2 : first === 0xfe ? 4 : 8;
    const at = this.#take(field, size);
    this.#fieldOffset = start;
    if (size === 8) throw this.error('TOO_LARGE', field, 'length above 2^32 - 1');
    const value = size === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
    if (value < (size === 2 ? 0xfd : 0x1_0000)) {
      throw this.error('NON_CANONICAL', field, `${value} takes ${size + 1} bytes`);
    }
    return value;
  }

  /** Reads everything that is left, if its first byte is one of these. */
  skipRest(beginnings: ReadonlySet<number>): void {
    const next = this.#bytes[this.#offset];
    if (next !== undefined && beginnings.has(next)) this.#offset = this.#bytes.length;
  }

  /** Fails unless everything was read. */
  end(): void {
    this.path.leave();
    const left = this.#bytes.length - this.#offset;
    if (left === 0) return;
    this.#fieldOffset = this.#offset;
    throw this.error('TRAILING_BYTES', 'end', `${left} bytes after the last field`);
  }

  /** An error at the field read last. */
  error(code: CodecErrorCode, field: string, reason: string): CodecError {
    return new CodecError(code, reason, {
      field: this.path.of(field),
      offset: this.#fieldOffset,
    });
  }

  #take(field: string, length: number): number {
    const at = this.#offset;
    this.#fieldOffset = at;
    const left = this.#bytes.length - at;
    if (length > left) {
      throw this.error('SHORT_INPUT', field, `needs ${length} bytes, ${left} left`);
    }
    this.#offset = at + length;
    return at;
  }
}
