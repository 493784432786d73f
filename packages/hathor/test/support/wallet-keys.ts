import { HDKey } from '@scure/bip32';
import { encodeAddress, hathorNetworks, publicKeyHash } from '../../src/codec/index.js';

/** A wallet of tests, the same one every time. */
const root = HDKey.fromMasterSeed(Buffer.alloc(32, 7)).derive("m/44'/280'/0'/0");

/** The key that the wallet library gives a node. */
export const XPUB = root.publicExtendedKey;

/** The private form of {@link XPUB}, which no node should take. */
export const XPRIV = root.privateExtendedKey;

const known = new Map<number, string>();

/** Address number `index` of the wallet, on the network `unittests`. */
export function addressAt(index: number): string {
  const address = known.get(index) ?? derive(index);
  known.set(index, address);
  return address;
}

/** The first addresses of the wallet. */
export function addresses(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, at) => addressAt(from + at));
}

/** `[index, address]` pairs as manual requests have them. */
export function addressPairs(count: number, from = 0): [number, string][] {
  return addresses(count, from).map((address, at) => [from + at, address]);
}

function derive(index: number): string {
  const { publicKey } = root.deriveChild(index);
  if (publicKey === null) throw new Error(`No key ${index}`);
  return encodeAddress('P2PKH', publicKeyHash(publicKey), hathorNetworks.unittests);
}
