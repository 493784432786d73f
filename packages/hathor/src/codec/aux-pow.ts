import { concatBytes } from '@noble/hashes/utils.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { MAX_MERKLE_PATH_LINKS } from './limits.js';
import { sha256d } from './sha256d.js';

/** A Bitcoin header with the way from it to a Hathor block: the proof of work of a merge-mined block. */
export interface AuxPow {
  /** The first 36 bytes of the Bitcoin header: version and previous block. */
  readonly headerHead: Uint8Array;
  /** The coinbase transaction up to the Hathor block's hash; ends with the ASCII bytes `Hath`. */
  readonly coinbaseHead: Uint8Array;
  /** The coinbase transaction after the hash. */
  readonly coinbaseTail: Uint8Array;
  /** 32 bytes each, in the order in which Bitcoin prints hashes. */
  readonly merklePath: readonly Uint8Array[];
  /** The last 12 bytes of the Bitcoin header: time, bits, nonce. */
  readonly headerTail: Uint8Array;
}

const HEADER_HEAD_SIZE = 36;
const HEADER_TAIL_SIZE = 12;
const LINK_SIZE = 32;
const MAGIC = [0x48, 0x61, 0x74, 0x68];

/** @throws CodecError if a part of fixed size has another one. */
export function encodeAuxPow(auxPow: AuxPow): Uint8Array {
  const writer = new ByteWriter();
  writeAuxPow(writer, auxPow);
  return writer.finish();
}

/**
 * Inverse of {@link encodeAuxPow}.
 *
 * @param maxMerklePathLinks - default 12; 20 once the network has activated that feature.
 * @throws CodecError, also if the coinbase head does not end with its first `Hath`.
 */
export function decodeAuxPow(
  bytes: Uint8Array,
  maxMerklePathLinks: number = MAX_MERKLE_PATH_LINKS,
): AuxPow {
  const reader = new ByteReader(bytes);
  const auxPow = readAuxPow(reader, { maxMerklePathLinks, shapeOnly: false });
  reader.end();
  return auxPow;
}

export function writeAuxPow(writer: ByteWriter, auxPow: AuxPow): void {
  writeFixed(writer, 'auxPow.headerHead', auxPow.headerHead, HEADER_HEAD_SIZE);
  writer.varint(auxPow.coinbaseHead.length);
  writer.bytes(auxPow.coinbaseHead);
  writer.varint(auxPow.coinbaseTail.length);
  writer.bytes(auxPow.coinbaseTail);
  writer.varint(auxPow.merklePath.length);
  auxPow.merklePath.forEach((link, index) => {
    writeFixed(writer, `auxPow.merklePath[${index}]`, link, LINK_SIZE);
  });
  writeFixed(writer, 'auxPow.headerTail', auxPow.headerTail, HEADER_TAIL_SIZE);
}

/** How {@link readAuxPow} reads. */
export interface AuxPowLimits {
  readonly maxMerklePathLinks: number;
  /** Whether the magic bytes and the number of links do not matter. */
  readonly shapeOnly: boolean;
}

export function readAuxPow(
  reader: ByteReader,
  { maxMerklePathLinks, shapeOnly }: AuxPowLimits,
): AuxPow {
  const headerHead = reader.bytes('auxPow.headerHead', HEADER_HEAD_SIZE);
  const coinbaseHead = reader.bytes('auxPow.coinbaseHead', reader.varint('auxPow.coinbaseHead'));
  if (!shapeOnly && magicPosition(coinbaseHead) !== coinbaseHead.length - MAGIC.length) {
    throw reader.error(
      'INVALID_VALUE',
      'auxPow.coinbaseHead',
      'does not end with its first occurrence of "Hath"',
    );
  }
  const coinbaseTail = reader.bytes('auxPow.coinbaseTail', reader.varint('auxPow.coinbaseTail'));
  const links = reader.varint('auxPow.merklePath');
  if (!shapeOnly && links > maxMerklePathLinks) {
    throw reader.error(
      'TOO_LARGE',
      'auxPow.merklePath',
      `${links} links, limit ${maxMerklePathLinks}`,
    );
  }
  const merklePath = Array.from({ length: links }, (_, index) =>
    reader.bytes(`auxPow.merklePath[${index}]`, LINK_SIZE),
  );
  const headerTail = reader.bytes('auxPow.headerTail', HEADER_TAIL_SIZE);
  return { headerHead, coinbaseHead, coinbaseTail, merklePath, headerTail };
}

/** The double SHA-256 of the Bitcoin header; `baseHash` is what the coinbase transaction embeds. */
export function auxPowHash(auxPow: AuxPow, baseHash: Uint8Array): Uint8Array {
  const coinbaseHash = sha256d(concatBytes(auxPow.coinbaseHead, baseHash, auxPow.coinbaseTail));
  const merkleRoot = foldMerklePath(coinbaseHash, auxPow.merklePath);
  return sha256d(concatBytes(auxPow.headerHead, merkleRoot, auxPow.headerTail));
}

/**
 * The merkle root above the first leaf, in the order in which it stands in the header.
 * The leaf is in that order too, the links are in the order in which Bitcoin prints hashes.
 */
export function foldMerklePath(leaf: Uint8Array, path: readonly Uint8Array[]): Uint8Array {
  return path.reduce((hash, link) => sha256d(concatBytes(hash, link.toReversed())), leaf);
}

/** Where the first `Hath` begins; `NaN` if there is none, which equals no position. */
function magicPosition(bytes: Uint8Array): number {
  const at = bytes.findIndex((_, start) => MAGIC.every((byte, i) => bytes[start + i] === byte));
  return at === -1 ? Number.NaN : at;
}

function writeFixed(writer: ByteWriter, field: string, bytes: Uint8Array, size: number): void {
  if (bytes.length !== size) {
    throw writer.error('INVALID_VALUE', field, `${bytes.length} bytes instead of ${size}`);
  }
  writer.bytes(bytes);
}
