/** Crypto-conditions of type ed25519-sha-256 (draft-thomas-crypto-conditions-04), in the DER that two fixed sizes give. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base58, base64urlnopad } from '@scure/base';

/** What an output demands of who spends it. */
export interface Ed25519Condition {
  readonly details: { readonly type: 'ed25519-sha-256'; readonly public_key: string };
  readonly uri: string;
}

const COST = 131_072;
const TYPE = 'ed25519-sha-256';
const FINGERPRINT_HEAD = Uint8Array.of(0x30, 0x22, 0x80, 0x20);
const FULFILLMENT_HEAD = Uint8Array.of(0xa4, 0x64, 0x80, 0x20);
const SIGNATURE_HEAD = Uint8Array.of(0x81, 0x40);

/** @param publicKey base58. */
export function ed25519Condition(publicKey: string): Ed25519Condition {
  const fingerprint = sha256(concatBytes(FINGERPRINT_HEAD, base58.decode(publicKey)));
  const uri = `ni:///sha-256;${base64urlnopad.encode(fingerprint)}?fpt=${TYPE}&cost=${String(COST)}`;
  return { details: { type: TYPE, public_key: publicKey }, uri };
}

/** Proof that the owner of a secret key agrees with a message. */
export function ed25519Fulfillment(message: Uint8Array, secretKey: Uint8Array): string {
  const publicKey = ed25519.getPublicKey(secretKey);
  const signature = ed25519.sign(message, secretKey);
  return base64urlnopad.encode(concatBytes(FULFILLMENT_HEAD, publicKey, SIGNATURE_HEAD, signature));
}

/** Whether a fulfilment is the owner's signature under a message. @param publicKey base58. */
export function isFulfilled(fulfillment: string, message: Uint8Array, publicKey: string): boolean {
  const bytes = base64urlnopad.decode(fulfillment);
  const keyAt = FULFILLMENT_HEAD.length;
  const key = bytes.subarray(keyAt, keyAt + 32);
  const signature = bytes.subarray(keyAt + 32 + SIGNATURE_HEAD.length);
  return base58.encode(key) === publicKey && ed25519.verify(signature, message, key);
}
