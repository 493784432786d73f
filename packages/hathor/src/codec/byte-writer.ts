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
    this.#room(1).setUint8(this.#length - 1, value);
  }

  uint16(field: string, value: number): void {
    this.#checkInteger(field, value, 0xffff);
    this.#room(2).setUint16(this.#length - 2, value);
  }

  uint32(field: string, value: number): void {
    this.#checkInteger(field, value, 0xffff_ffff);
    this.#room(4).setUint32(this.#length - 4, value);
  }

  int64(value: bigint): void {
    this.#room(8).setBigInt64(this.#length - 8, value);
  }

  /** `bits` is 32 or 128. */
  nonce(value: bigint, bits: 32 | 128): void {
    if (value < 0n || value >> BigInt(bits) !== 0n) {
      throw this.error('INVALID_VALUE', 'nonce', `${value} is not in 0 … 2^${bits} - 1`);
    }
    if (bits === 32) {
      this.#room(4).setUint32(this.#length - 4, Number(value));
    } else {
      this.#room(8).setBigUint64(this.#length - 8, value >> 64n);
      this.#room(8).setBigUint64(this.#length - 8, value);
    }
  }

  double(value: number): void {
    this.#room(8).setFloat64(this.#length - 8, value);
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.#length - value.length);
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
      this.#room(1).setUint8(this.#length - 1, value);
    } else if (value <= 0xffff) {
      this.#room(1).setUint8(this.#length - 1, 0xfd);
      this.#room(2).setUint16(this.#length - 2, value, true);
    } else {
      this.#room(1).setUint8(this.#length - 1, 0xfe);
      this.#room(4).setUint32(this.#length - 4, value, true);
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

  /** Makes the content `size` bytes longer; the view on it, which may be a new one, is for filling them. */
  #room(size: number): DataView {
    const length = this.#length + size;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(length, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#length = length;
    return this.#view;
  }
}
