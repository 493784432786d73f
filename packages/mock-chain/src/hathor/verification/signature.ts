import { createPublicKey, verify } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';

/** SubjectPublicKeyInfo of a compressed secp256k1 key, up to the key's 33 bytes. */
const SPKI_HEAD = hexToBytes('3036301006072a8648ce3d020106052b8104000a032200');

/**
 * Whether a key signed the bytes: a DER signature over SHA-256 of their SHA-256. Natively, because signatures are most of what
 * a transaction costs.
 */
export function isSignedBy(signed: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  try {
    const spki = Buffer.from(concatBytes(SPKI_HEAD, key));
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verify('sha256', sha256(signed), publicKey, signature);
  } catch {
    // Not a point of the curve, or not a signature at all.
    return false;
  }
}
