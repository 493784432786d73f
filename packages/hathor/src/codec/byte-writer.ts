import type { Hex32 } from '../events/event-data.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { CodecError } from './codec-error.js';
import type { CodecErrorCode } from './codec-error.js';
import { FieldPath } from './field-path.js';

const HASH_PATTERN = /^[0-9a-f]{64}$/;

/** Writes big-endian fields into a growing buffer; refuses what does not fit, by name of the field. */
export class ByteWriter {
  readonly path = new FieldPath();
  #bytes = new Uint8Array(512);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  uint8(field: string, value: number): void {
    this.#checkInteger(field, value, 0xff);
    this.#view.setUint8(this.#reserve(1), value);
  }

  uint16(field: string, value: number): void {
    this.#checkInteger(field, value, 0xffff);
    this.#view.setUint16(this.#reserve(2), value);
  }

  uint32(field: string, value: number): void {
    this.#checkInteger(field, value, 0xffff_ffff);
    this.#view.setUint32(this.#reserve(4), value);
  }

  int64(value: bigint): void {
    this.#view.setBigInt64(this.#reserve(8), value);
  }

  /** `bits` is 32 or 128. */
  nonce(value: bigint, bits: 32 | 128): void {
    if (value < 0n || value >> BigInt(bits) !== 0n) {
      throw this.error('INVALID_VALUE', 'nonce', `${value} is not in 0 … 2^${bits} - 1`);
    }
    if (bits === 32) {
      this.#view.setUint32(this.#reserve(4), Number(value));
    } else {
      this.#view.setBigUint64(this.#reserve(8), value >> 64n);
      this.#view.setBigUint64(this.#reserve(8), value);
    }
  }

  double(value: number): void {
    this.#view.setFloat64(this.#reserve(8), value);
  }

  bytes(value: Uint8Array): void {
    // Evaluated first: reserving may replace the buffer.
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
  }

  hash(field: string, value: Hex32): void {
    if (!HASH_PATTERN.test(value)) {
      throw this.error('INVALID_VALUE', field, `${value} is not 64 lower-case hex digits`);
    }
    this.bytes(hexToBytes(value));
  }

  /** Bitcoin's variable-length integer (little-endian). */
  varint(value: number): void {
    if (value < 0xfd) {
      this.#view.setUint8(this.#reserve(1), value);
    } else if (value <= 0xffff) {
      this.#view.setUint8(this.#reserve(1), 0xfd);
      this.#view.setUint16(this.#reserve(2), value, true);
    } else {
      this.#view.setUint8(this.#reserve(1), 0xfe);
      this.#view.setUint32(this.#reserve(4), value, true);
    }
  }

  /** What was written, as a copy of the exact size. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  error(code: CodecErrorCode, field: string, reason: string): CodecError {
    return new CodecError(code, reason, { field: this.path.of(field) });
  }

  #checkInteger(field: string, value: number, max: number): void {
    if (Number.isInteger(value) && value >= 0 && value <= max) return;
    const code = value > max ? 'TOO_LARGE' : 'INVALID_VALUE';
    throw this.error(code, field, `${value} is not an integer in 0 … ${max}`);
  }

  #reserve(size: number): number {
    const at = this.#length;
    const needed = at + size;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#length = needed;
    return at;
  }
}
