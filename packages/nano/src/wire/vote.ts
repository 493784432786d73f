/**
 * Votes of representatives (contract 6.2).
 */
import { bytesToNumberBE, numberToBytesLE } from '@noble/curves/utils.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { bytesOf } from './bytes.js';
import type { Bytes32, Bytes64 } from './bytes.js';
import { unsigned64 } from './unsigned64.js';
import { WireError } from './wire-error.js';

/** `timestamp` of a final vote: 2^64 - 1. Its duration is 15. */
export const FINAL_VOTE_TIMESTAMP: bigint = (1n << 64n) - 1n;

const HASH_SIZE = 32;
const TEXT = new TextEncoder().encode('vote ');
const DURATION_MASK = 15n;

/**
 * Time and duration of a vote in one number: the duration takes the low four bits.
 *
 * @param timestamp milliseconds since the Unix epoch, of which the vote keeps multiples of 16, or {@link FINAL_VOTE_TIMESTAMP}
 * @param duration 0 to 15
 * @throws WireError `OUT_OF_RANGE`
 */
export function packVoteTime(timestamp: bigint, duration: number): bigint {
  if (!Number.isInteger(duration) || duration < 0 || duration > 15) {
    throw new WireError('OUT_OF_RANGE', 'duration', 'not 0 to 15');
  }
  const time = unsigned64(timestamp, 'timestamp');
  return time - (time & DURATION_MASK) + BigInt(duration);
}

/**
 * What a representative signs: Blake2b-256 over `vote `, the hashes, and the packed time, little-endian.
 *
 * @param packedTime of {@link packVoteTime}
 */
export function voteHash(hashes: readonly Bytes32[], packedTime: bigint): Uint8Array {
  const digest = blake2b.create({ dkLen: HASH_SIZE }).update(TEXT);
  for (const hash of hashes) digest.update(bytesOf(hash, HASH_SIZE, 'hashes'));
  return digest.update(numberToBytesLE(unsigned64(packedTime, 'packedTime'), 8)).digest();
}

/** The signature of a vote as nodes up to V28 write it: its bytes as one big-endian number, in decimal. */
export function signatureDecimal(signature: Bytes64): string {
  return bytesToNumberBE(bytesOf(signature, 64, 'signature')).toString();
}
