import { sha256 } from '@noble/hashes/sha2.js';

/** SHA-256 of SHA-256. */
export function sha256d(bytes: Uint8Array): Uint8Array {
  return sha256(sha256(bytes));
}
