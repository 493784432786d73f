import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Random choices that depend on a seed and a label alone: HMAC-SHA-256 in counter mode.
 * Two labels give two independent streams, so that one consumer drawing more does not change what another one draws.
 */
export class SeededRandom {
  readonly #key: Uint8Array;
  readonly #counter = new DataView(new ArrayBuffer(8));
  #block = new Uint8Array(0);
  #used = 0;
  #blocks = 0n;

  constructor(seed: number, label: string) {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be an integer, got ${seed}`);
    this.#key = hmac(sha256, utf8ToBytes(label), utf8ToBytes(String(seed)));
  }

  /** `length` random bytes. */
  bytes(length: number): Uint8Array {
    const result = new Uint8Array(length);
    for (let index = 0; index < length; index++) result[index] = this.#byte();
    return result;
  }

  /** An integer of 0 … `limit` - 1; `limit` at most 2^32. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  /** An integer of `low` … `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** A number of [0, 1), a multiple of 2^-48. */
  fraction(): number {
    let value = 0;
    for (let index = 0; index < 6; index++) value = (value + this.#byte()) / 256;
    return value;
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  #byte(): number {
    if (this.#used === this.#block.length) {
      this.#counter.setBigUint64(0, this.#blocks++);
      this.#block = hmac(sha256, this.#key, new Uint8Array(this.#counter.buffer));
      this.#used = 0;
    }
    return this.#block[this.#used++] ?? 0;
  }
}
