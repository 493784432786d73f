import { CodecError, decodeVertex, isBlock } from '@sluice/hathor/codec';
import type { Transaction } from '@sluice/hathor/codec';
import { VertexRejectedError } from './vertex-rejected.error.js';

/**
 * The transaction in bytes that a wallet hands in.
 *
 * @throws VertexRejectedError if they are none.
 */
export function decodePushed(bytes: Uint8Array): Transaction {
  try {
    const vertex = decodeVertex(bytes);
    if (!isBlock(vertex)) return vertex;
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new VertexRejectedError(
      'MALFORMED',
      `This transaction is invalid. Try to decode it first to validate it. (${error.message})`,
    );
  }
  throw new VertexRejectedError(
    'MALFORMED',
    'This transaction is invalid. A transaction must have at least one input',
  );
}
