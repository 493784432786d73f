/**
 * Proof of work: eight bytes whose Blake2b together with the block's root is a large number.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { numberToBytesLE } from '@noble/curves/utils.js';
import { accountKey } from './account.js';
import type { UnsignedBlock } from './block.js';
import { bytesOf } from './bytes.js';
import type { Bytes32 } from './bytes.js';
import { TWO_TO_64, unsigned64 } from './unsigned64.js';
import type { U64 } from './unsigned64.js';

/** Options of {@link generateWork}. */
export interface GenerateWorkOptions {
  /** The first work value tried. Default 0. */
  readonly start?: bigint;
  /** Values tried before giving up. Default 2^32. */
  readonly maxAttempts?: number;
}

const SIZE = 8;

/** What the work of a block is for: the block before it, or the account's key for the first block of an account. */
export function workRoot(block: UnsignedBlock): Uint8Array {
  if (block.type === 'open') return accountKey(block.account);
  const previous = bytesOf(block.previous, 32, 'previous');
  const isOpening = block.type === 'state' && previous.every((byte) => byte === 0);
  return isOpening ? accountKey(block.account) : previous;
}

/**
 * The difficulty that a work value reaches: Blake2b with 8 bytes over the work, little-endian, and the root, read as a
 * little-endian number.
 *
 * @throws WireError if root or work are no such values.
 */
export function workDifficulty(root: Bytes32, work: U64): bigint {
  return new WorkHasher(bytesOf(root, 32, 'root')).difficulty(unsigned64(work, 'work'));
}

/** Whether the work reaches the threshold. */
export function isWorkEnough(root: Bytes32, work: U64, threshold: U64): boolean {
  return workDifficulty(root, work) >= unsigned64(threshold, 'threshold');
}

/**
 * Searches a work value upwards from `start`, without giving way to other work, about half a million values per second and core. A
 * threshold of 2^64 - 2^64/n costs n attempts on average; for a main network's threshold use a work server.
 *
 * @returns the first value that is enough, or `undefined` when the attempts ran out.
 * @throws WireError if root or threshold are no such values.
 */
export function generateWork(
  root: Bytes32,
  threshold: U64,
  { start = 0n, maxAttempts = 2 ** 32 }: GenerateWorkOptions = {},
): bigint | undefined {
  const hasher = new WorkHasher(bytesOf(root, 32, 'root'));
  const least = unsigned64(threshold, 'threshold');
  let work = unsigned64(start, 'start');
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (hasher.difficulty(work) >= least) return work;
    work = (work + 1n) % TWO_TO_64;
  }
  return undefined;
}

/** Keeps its buffers, because creating them costs as much as hashing. */
class WorkHasher {
  private readonly input = new Uint8Array(SIZE + 32);
  private readonly output = new Uint8Array(SIZE);
  private readonly result = new DataView(this.output.buffer);
  private readonly initial = blake2b.create({ dkLen: SIZE });
  private readonly hash = blake2b.create({ dkLen: SIZE });

  constructor(root: Uint8Array) {
    this.input.set(root, SIZE);
  }

  difficulty(work: bigint): bigint {
    this.input.set(numberToBytesLE(work, SIZE));
    this.initial._cloneInto(this.hash).update(this.input).digestInto(this.output);
    return this.result.getBigUint64(0, true);
  }
}
