import { decodeScript } from '@sluice/hathor/codec';
import type { HathorNetwork } from '@sluice/hathor/codec';
import { spentIndex } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { outputOf } from '../dag/vertex-tokens.js';

/** Every address in a vertex's outputs, in the outputs that it spends, and of its contract call's caller, once (contract 1.4). */
export function relatedAddresses(vertex: DagVertex, network: HathorNetwork): ReadonlySet<string> {
  const addresses = new Set<string>();
  const add = (script: Uint8Array): void => {
    const decoded = decodeScript(script, network);
    if (decoded !== undefined) addresses.add(decoded.address);
  };
  for (const { script } of vertex.vertex.outputs) add(script);
  vertex.spent.forEach((spent, input) => add(outputOf(spent, spentIndex(vertex, input)).script));
  if (vertex.call !== undefined) addresses.add(vertex.call.header.nc_address);
  return addresses;
}
