import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base58 } from '@scure/base';
import type { DecodedScript } from '../events/event-data.js';
import { CodecError } from './codec-error.js';
import type { CodecErrorCode } from './codec-error.js';
import type { HathorNetwork } from './networks.js';
import { sha256d } from './sha256d.js';

/** What an address pays to: a public key's hash or a redeem script's hash. */
export type AddressKind = DecodedScript['type'];

/** An address taken apart. */
export interface DecodedAddress {
  readonly kind: AddressKind;
  /** 20 bytes. */
  readonly hash: Uint8Array;
}

const TEXT_LENGTH = 34;
const HASH_SIZE = 20;
const CHECKSUM_SIZE = 4;
const ADDRESS_SIZE = 1 + HASH_SIZE + CHECKSUM_SIZE;
const COMPRESSED_KEY_SIZE = 33;

/** @throws CodecError unless `hash` has 20 bytes. */
export function encodeAddress(kind: AddressKind, hash: Uint8Array, network: HathorNetwork): string {
  if (hash.length !== HASH_SIZE) {
    throw new CodecError('INVALID_VALUE', `${hash.length} bytes instead of ${HASH_SIZE}`, {
      field: 'hash',
    });
  }
  const version = kind === 'P2PKH' ? network.p2pkhVersion : network.multisigVersion;
  const payload = concatBytes(Uint8Array.of(version), hash);
  return base58.encode(concatBytes(payload, sha256d(payload).subarray(0, CHECKSUM_SIZE)));
}

/**
 * Checks in the node's order: 34 characters, base58, 25 bytes, checksum, version byte of this network.
 *
 * @throws CodecError naming the first check that failed.
 */
export function decodeAddress(text: string, network: HathorNetwork): DecodedAddress {
  if (text.length !== TEXT_LENGTH) {
    throw invalid('INVALID_VALUE', `${text.length} characters instead of ${TEXT_LENGTH}`);
  }
  const bytes = decodeBase58(text);
  if (bytes.length !== ADDRESS_SIZE) {
    throw invalid('INVALID_VALUE', `${bytes.length} bytes instead of ${ADDRESS_SIZE}`);
  }
  const payload = bytes.subarray(0, 1 + HASH_SIZE);
  const checksum = sha256d(payload);
  if (bytes.subarray(payload.length).some((byte, i) => byte !== checksum[i])) {
    throw invalid('CHECKSUM', 'wrong checksum');
  }
  return { kind: kindOf(payload[0] ?? 0, network), hash: payload.slice(1) };
}

/** Whether {@link decodeAddress} takes it. */
export function isAddress(text: string, network: HathorNetwork): boolean {
  try {
    decodeAddress(text, network);
    return true;
  } catch {
    return false;
  }
}

/**
 * The hash in a P2PKH address.
 *
 * @throws CodecError unless the key has the 33 bytes of a compressed point.
 */
export function publicKeyHash(compressedKey: Uint8Array): Uint8Array {
  const parity = compressedKey[0];
  if (compressedKey.length !== COMPRESSED_KEY_SIZE || (parity !== 2 && parity !== 3)) {
    throw new CodecError('INVALID_VALUE', 'not a compressed public key', { field: 'publicKey' });
  }
  return hash160(compressedKey);
}

/** The hash in a MultiSig address. */
export function redeemScriptHash(redeemScript: Uint8Array): Uint8Array {
  return hash160(redeemScript);
}

function hash160(bytes: Uint8Array): Uint8Array {
  return ripemd160(sha256(bytes));
}

function decodeBase58(text: string): Uint8Array {
  try {
    return base58.decode(text);
  } catch {
    throw invalid('INVALID_VALUE', 'not base58');
  }
}

function kindOf(version: number, network: HathorNetwork): AddressKind {
  if (version === network.p2pkhVersion) return 'P2PKH';
  if (version === network.multisigVersion) return 'MultiSig';
  throw invalid('FOREIGN_NETWORK', `version byte ${version} is not of network ${network.name}`);
}

function invalid(code: CodecErrorCode, reason: string): CodecError {
  return new CodecError(code, reason, { field: 'address' });
}
