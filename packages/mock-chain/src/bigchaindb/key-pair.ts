import { ed25519 } from '@noble/curves/ed25519.js';
import { base58 } from '@scure/base';

/** A user of the chain. */
export interface KeyPair {
  readonly secretKey: Uint8Array;
  /** Base58. */
  readonly publicKey: string;
}

/** @param secretKey 32 bytes. */
export function keyPair(secretKey: Uint8Array): KeyPair {
  return { secretKey, publicKey: base58.encode(ed25519.getPublicKey(secretKey)) };
}
