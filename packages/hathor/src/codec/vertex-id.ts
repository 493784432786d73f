import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import type { Hex32 } from '../events/event-data.js';
import { auxPowHash } from './aux-pow.js';
import { ByteWriter } from './byte-writer.js';
import { sha256d } from './sha256d.js';
import type { Transaction, UnminedBlock, Vertex } from './vertex.js';
import { fundsPart, graphPart, sighash } from './vertex-encoder.js';

/** SHA-256 of the funds part. */
export function fundsHash(vertex: Transaction | UnminedBlock): Uint8Array {
  return sha256(fundsPart(vertex));
}

/** SHA-256 of the graph part. */
export function graphHash(vertex: Transaction | UnminedBlock): Uint8Array {
  return sha256(graphPart(vertex));
}

/** The 64 bytes in front of the nonce in everything that is hashed for the proof of work. */
export function miningHeader(vertex: Transaction | UnminedBlock): Uint8Array {
  return concatBytes(fundsHash(vertex), graphHash(vertex));
}

/**
 * What a merge-mined block's coinbase transaction embeds between its head and its tail.
 * The block's own auxiliary proof of work plays no part in it.
 */
export function mergeMiningHash(vertex: Transaction | UnminedBlock): Uint8Array {
  return sha256d(miningHeader(vertex)).reverse();
}

/** The id under which a node knows the vertex. */
export function vertexId(vertex: Vertex): Hex32 {
  if (vertex.version === 3) {
    return bytesToHex(auxPowHash(vertex.auxPow, mergeMiningHash(vertex)).reverse());
  }
  const writer = new ByteWriter();
  writer.bytes(miningHeader(vertex));
  // Hashed with 16 bytes also in transactions, which store 4.
  writer.nonce(vertex.nonce, 128);
  return bytesToHex(sha256d(writer.finish()).reverse());
}

/** The 32 bytes that ECDSA over secp256k1 signs, without hashing them again: double SHA-256 of the sighash bytes. */
export function signingHash(transaction: Transaction): Uint8Array {
  return sha256d(sighash(transaction));
}

/** The uids that `tokenData` counts from 1: none in a block, its own id in a token creation. */
export function tokenUids(vertex: Vertex): readonly Hex32[] {
  if (vertex.version === 1) return vertex.tokens;
  return vertex.version === 2 ? [vertexId(vertex)] : [];
}
