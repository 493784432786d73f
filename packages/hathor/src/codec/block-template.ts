import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hex32 } from '../events/event-data.js';
import { encodeWithoutNonce } from './vertex-encoder.js';
import type { UnminedBlock } from './vertex.js';

/** What a block must be to be the next one, as nodes describe it to miners (contract 3.5). */
export interface BlockTemplate {
  /** Versions that a block may have: 0 regular, 3 merge-mined. At least one. */
  readonly versions: readonly UnminedBlock['version'][];
  /** Exact sum of the outputs, atomic units. */
  readonly reward: bigint;
  /** Least weight: log2 of the expected number of hashes. */
  readonly weight: number;
  /** The node's clock, and the bounds of the block's timestamp; Unix seconds. */
  readonly timestamp_now: number;
  readonly timestamp_min: number;
  readonly timestamp_max: number;
  /** Parents that the block must have, the block first; 1 to 3. */
  readonly parents: readonly Hex32[];
  /** Transactions to choose from up to 3 parents; empty if there are 3 already. */
  readonly parents_any: readonly Hex32[];
  readonly height: number;
  /** Work of the chain that ends in the block: the parent's score + floor(2^weight + 0.5). */
  readonly score: bigint;
  /** Signal bits that the block must have. */
  readonly signal_bits: number;
}

/** Parents of a block. */
const PARENTS = 3;

/**
 * The least that a template asks for, without proof of work: smallest version, earliest timestamp, the required parents
 * and the first of the others, one output of the whole reward with an empty script, no data. Miners change timestamp,
 * output and data, and may raise the weight.
 */
export function minimalBlock(template: BlockTemplate): UnminedBlock {
  const { versions, parents, parents_any, reward, weight, timestamp_min, signal_bits } = template;
  return {
    version: versions.includes(0) ? 0 : 3,
    signalBits: signal_bits,
    outputs: [{ value: reward, tokenData: 0, script: new Uint8Array() }],
    weight,
    timestamp: timestamp_min,
    parents: [
      ...parents,
      ...parents_any.toSorted().slice(0, Math.max(0, PARENTS - parents.length)),
    ],
    data: new Uint8Array(),
  };
}

/**
 * A template's member `data`: the minimal block's bytes without nonce, in hex.
 *
 * @throws CodecError naming the member that cannot be encoded.
 */
export function templateData(template: BlockTemplate): string {
  return bytesToHex(encodeWithoutNonce(minimalBlock(template)));
}
