import { concatBytes } from '@noble/hashes/utils.js';
import type { DecodedScript } from '../events/event-data.js';
import { decodeAddress, encodeAddress } from './address.js';
import type { AddressKind } from './address.js';
import { CodecError } from './codec-error.js';
import type { HathorNetwork } from './networks.js';

const OP_PUSHDATA1 = 0x4c;
const OP_GREATERTHAN_TIMESTAMP = 0x6f;
const OP_DUP = 0x76;
const OP_EQUAL = 0x87;
const OP_EQUALVERIFY = 0x88;
const OP_HASH160 = 0xa9;
const OP_CHECKSIG = 0xac;

const HASH_SIZE = 20;
const LONGEST_PLAIN_PUSH = 75;

/** What stands before and after the hash. P2PKH is tried first, as in the node. */
const PATTERNS = [
  { type: 'P2PKH', head: [OP_DUP, OP_HASH160], tail: [OP_EQUALVERIFY, OP_CHECKSIG] },
  { type: 'MultiSig', head: [OP_HASH160], tail: [OP_EQUAL] },
] as const;

/**
 * The output script that pays to a public key's hash.
 *
 * @param timelock - Unix seconds before which the output cannot be spent; null for none.
 * @throws CodecError unless `hash` has 20 bytes and `timelock` 32 bits.
 */
export function p2pkhScript(hash: Uint8Array, timelock: number | null = null): Uint8Array {
  return payTo('P2PKH', hash, timelock);
}

/** The output script that pays to a redeem script's hash; otherwise as {@link p2pkhScript}. */
export function multisigScript(hash: Uint8Array, timelock: number | null = null): Uint8Array {
  return payTo('MultiSig', hash, timelock);
}

/** The output script that pays to an address. Throws as `decodeAddress` does. */
export function addressScript(
  address: string,
  network: HathorNetwork,
  timelock: number | null = null,
): Uint8Array {
  const { kind, hash } = decodeAddress(address, network);
  return payTo(kind, hash, timelock);
}

/** The input data that spends a P2PKH output: a DER signature of the transaction's sighash, and its key. */
export function p2pkhInputData(signature: Uint8Array, compressedKey: Uint8Array): Uint8Array {
  return concatBytes(push(signature), push(compressedKey));
}

/**
 * The address that a script pays to, in the form of `network`; undefined unless the whole script is a P2PKH or
 * MultiSig pattern, with or without a timelock.
 */
export function decodeScript(
  script: Uint8Array,
  network: HathorNetwork,
): DecodedScript | undefined {
  const lock = readTimelock(script);
  for (const { type, head, tail } of PATTERNS) {
    const hash = hashBetween(script.subarray(lock.end), head, tail);
    if (hash) return { type, address: encodeAddress(type, hash, network), timelock: lock.timelock };
  }
  return undefined;
}

function payTo(type: AddressKind, hash: Uint8Array, timelock: number | null): Uint8Array {
  if (hash.length !== HASH_SIZE) {
    throw new CodecError('INVALID_VALUE', `${hash.length} bytes instead of ${HASH_SIZE}`, {
      field: 'hash',
    });
  }
  const { head, tail } = type === 'P2PKH' ? PATTERNS[0] : PATTERNS[1];
  return concatBytes(
    timelock === null ? new Uint8Array() : timelockPrefix(timelock),
    Uint8Array.from(head),
    push(hash),
    Uint8Array.from(tail),
  );
}

function timelockPrefix(timelock: number): Uint8Array {
  if (!Number.isInteger(timelock) || timelock < 0 || timelock > 0xffff_ffff) {
    throw new CodecError('INVALID_VALUE', `${timelock} is not an integer in 0 … 2^32 - 1`, {
      field: 'timelock',
    });
  }
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, timelock);
  return concatBytes(push(bytes), Uint8Array.of(OP_GREATERTHAN_TIMESTAMP));
}

function push(data: Uint8Array): Uint8Array {
  const { length } = data;
  if (length > 0xff) {
    throw new CodecError('TOO_LARGE', `${length} bytes, limit 255`, { field: 'push' });
  }
  const head = length > LONGEST_PLAIN_PUSH ? [OP_PUSHDATA1, length] : [length];
  return concatBytes(Uint8Array.from(head), data);
}

/** The timelock in front of a script, if there is one, and where the rest begins. */
function readTimelock(script: Uint8Array): { timelock: number | null; end: number } {
  const at = pushedAt(script, 0, 4);
  if (at === undefined || script[at + 4] !== OP_GREATERTHAN_TIMESTAMP)
    return { timelock: null, end: 0 };
  const view = new DataView(script.buffer, script.byteOffset, script.byteLength);
  return { timelock: view.getUint32(at), end: at + 5 };
}

function hashBetween(
  script: Uint8Array,
  head: readonly number[],
  tail: readonly number[],
): Uint8Array | undefined {
  if (!head.every((byte, i) => script[i] === byte)) return undefined;
  const at = pushedAt(script, head.length, HASH_SIZE);
  if (at === undefined || script.length !== at + HASH_SIZE + tail.length) return undefined;
  if (!tail.every((byte, i) => script[at + HASH_SIZE + i] === byte)) return undefined;
  return script.subarray(at, at + HASH_SIZE);
}

/** Where the data of a push of exactly `size` bytes begins; OP_PUSHDATA1 in front of it is optional. */
function pushedAt(script: Uint8Array, offset: number, size: number): number | undefined {
  const lengthAt = script[offset] === OP_PUSHDATA1 ? offset + 1 : offset;
  const at = lengthAt + 1;
  return script[lengthAt] === size && at + size <= script.length ? at : undefined;
}
