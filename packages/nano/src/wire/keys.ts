/**
 * Keys and signatures: Ed25519 with Blake2b-512 in place of SHA-512 (contract 7.3).
 */
import { eddsa } from '@noble/curves/abstract/edwards.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { accountKey } from './account.js';
import type { Account } from './account.js';
import { bytesOf } from './bytes.js';
import type { Bytes32, Bytes64 } from './bytes.js';
import { WireError } from './wire-error.js';

const KEY_SIZE = 32;
const SIGNATURE_SIZE = 64;

const ed25519Blake2b = eddsa(ed25519.Point, blake2b, { adjustScalarBytes: clamp });

/**
 * The secret key of an account of a seed, as the node's wallets derive it: Blake2b-256 of the seed and the index, big-endian.
 *
 * @param index 0 to 2^32 - 1
 * @throws WireError
 */
export function secretKeyOf(seed: Bytes32, index: number): Uint8Array {
  if (!Number.isInteger(index) || index < 0 || index > 0xffffffff) {
    throw new WireError('OUT_OF_RANGE', 'index', 'not an unsigned number of 32 bits');
  }
  const input = new Uint8Array(KEY_SIZE + 4);
  input.set(bytesOf(seed, KEY_SIZE, 'seed'));
  new DataView(input.buffer).setUint32(KEY_SIZE, index);
  return blake2b(input, { dkLen: KEY_SIZE });
}

/** The public key of a secret one: the account's 32 bytes. */
export function publicKeyOf(secretKey: Bytes32): Uint8Array {
  return ed25519Blake2b.getPublicKey(bytesOf(secretKey, KEY_SIZE, 'secretKey'));
}

/** The signature of a hash, 64 bytes, always the same for the same hash and key. */
export function signHash(hash: Bytes32, secretKey: Bytes32): Uint8Array {
  return ed25519Blake2b.sign(
    bytesOf(hash, KEY_SIZE, 'hash'),
    bytesOf(secretKey, KEY_SIZE, 'secretKey'),
  );
}

/**
 * Whether the account signed the hash.
 *
 * @throws WireError if one of them is no such value.
 */
export function isSignedBy(hash: Bytes32, signature: Bytes64, account: Account): boolean {
  return ed25519Blake2b.verify(
    bytesOf(signature, SIGNATURE_SIZE, 'signature'),
    bytesOf(hash, KEY_SIZE, 'hash'),
    accountKey(account),
  );
}

/** Bits of a secret scalar that Ed25519 fixes (RFC 8032, 5.1.5). */
function clamp(bytes: Uint8Array): Uint8Array {
  bytes[0] = (bytes[0] ?? 0) & 0xf8;
  bytes[31] = ((bytes[31] ?? 0) & 0x7f) | 0x40;
  return bytes;
}
