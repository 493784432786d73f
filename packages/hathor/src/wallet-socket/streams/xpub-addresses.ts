import { HARDENED_OFFSET, HDKey } from '@scure/bip32';
import { encodeAddress, publicKeyHash } from '../../codec/address.js';
import type { HathorNetwork } from '../../codec/networks.js';
import type { AddressItem, AddressSource } from './address-source.js';

/**
 * Reads an extended public key (contract 5). Hathor's keys begin with `xpub` on every network.
 *
 * @returns undefined if it is none; a private key is none either, nobody should send one.
 */
export function parseXpub(text: unknown): HDKey | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const key = HDKey.fromExtendedKey(text);
    return key.privateKey === null ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The non-hardened children of a key, one after the other, as P2PKH addresses. */
export class XpubAddresses implements AddressSource {
  constructor(
    private readonly key: HDKey,
    private index: number,
    private readonly network: HathorNetwork,
  ) {}

  next(): AddressItem | 'exhausted' {
    if (this.index >= HARDENED_OFFSET) return 'exhausted';
    const index = this.index++;
    const { publicKey } = this.key.deriveChild(index);
    if (publicKey === null) return 'exhausted';
    return { index, address: encodeAddress('P2PKH', publicKeyHash(publicKey), this.network) };
  }
}
