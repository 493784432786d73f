import type { SubmittedBlock } from '../chain/hathor-mining-chain.js';
import { CodecError } from '../codec/codec-error.js';
import { MAX_VERTEX_SIZE } from '../codec/limits.js';
import { decodeVertex } from '../codec/vertex-decoder.js';
import { vertexId } from '../codec/vertex-id.js';
import { isBlock } from '../codec/vertex.js';
import { isHex } from '../node-api/node-query.js';

/** What a length byte can say: that a block's data has 100 bytes at most is looked at after its parent. */
const MAX_DATA_SIZE = 255;

/**
 * A block as miners submit it; undefined if it is a transaction.
 *
 * @throws CodecError if it is no vertex in hex.
 */
export function submittedBlock(
  hexdata: string,
  maxMerklePathLinks: number,
): SubmittedBlock | undefined {
  const size = hexdata.length / 2;
  if (size > MAX_VERTEX_SIZE) {
    throw new CodecError('TOO_LARGE', `${size} bytes, limit ${MAX_VERTEX_SIZE}`, {
      field: 'hexdata',
    });
  }
  if (!isHex(hexdata)) {
    throw new CodecError('INVALID_VALUE', 'not hexadecimal', { field: 'hexdata' });
  }
  const bytes = Uint8Array.from(Buffer.from(hexdata, 'hex'));
  const vertex = decodeVertex(bytes, { maxMerklePathLinks, maxBlockDataSize: MAX_DATA_SIZE });
  return isBlock(vertex) ? { block: vertex, id: vertexId(vertex), bytes } : undefined;
}
