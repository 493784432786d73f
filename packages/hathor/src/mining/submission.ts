import type { SubmittedBlock } from '../chain/hathor-mining-chain.js';
import { CodecError } from '../codec/codec-error.js';
import { decodeVertex } from '../codec/vertex-decoder.js';
import { vertexId } from '../codec/vertex-id.js';
import { isBlock } from '../codec/vertex.js';
import type { Hex32 } from '../events/event-data.js';
import { vertexBytes } from '../node-api/node-hex.js';

/** A block as a miner hands it in. */
export interface Submission {
  /** The block below; absent if the block has no parents. */
  readonly parent: Hex32 | undefined;
  /** For the chain; or why no chain takes the block in, which matters only if it is not stale. */
  readonly block: SubmittedBlock | CodecError;
}

/**
 * The block in a submission; undefined if it is a transaction.
 *
 * @throws CodecError if it is no vertex in hex.
 */
export function readSubmission(
  hexdata: string,
  maxMerklePathLinks: number,
): Submission | undefined {
  const bytes = vertexBytes(hexdata);
  try {
    const block = decodeVertex(bytes, { maxMerklePathLinks });
    if (!isBlock(block)) return undefined;
    return { parent: block.parents[0], block: { block, id: vertexId(block), bytes } };
  } catch (fault) {
    if (!(fault instanceof CodecError)) throw fault;
    const vertex = decodeVertex(bytes, { shapeOnly: true });
    return isBlock(vertex) ? { parent: vertex.parents[0], block: fault } : undefined;
  }
}
