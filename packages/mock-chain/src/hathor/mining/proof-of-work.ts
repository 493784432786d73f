import { mine, vertexId } from '@sluice/hathor/codec';
import type { Hex32, RegularBlock, Transaction } from '@sluice/hathor/codec';

/**
 * Finds the first nonce that meets the vertex's weight and whose id is wanted.
 *
 * @throws Error if there is none.
 */
export function prove<T extends RegularBlock | Transaction>(
  vertex: T,
  isWanted: (id: Hex32) => boolean = () => true,
): T {
  for (let startNonce = 0n; ;) {
    const proven = mine(vertex, { startNonce });
    if (proven === undefined) throw new Error(`no nonce for weight ${vertex.weight}`);
    if (isWanted(vertexId(proven))) return proven;
    startNonce = proven.nonce + 1n;
  }
}
