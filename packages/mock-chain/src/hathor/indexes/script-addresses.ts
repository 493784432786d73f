import { bytesToHex } from '@noble/hashes/utils.js';
import { decodeScript } from '@sluice/hathor/codec';
import type { HathorNetwork } from '@sluice/hathor/codec';
import { spentIndex } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { outputOf } from '../dag/vertex-tokens.js';

/** The addresses behind scripts. Remembers them: most scripts come again, and an address costs two checksums. */
export class ScriptAddresses {
  readonly #known = new Map<string, string | undefined>();
  readonly #network: HathorNetwork;

  constructor(network: HathorNetwork) {
    this.#network = network;
  }

  /**
   * Every address in a vertex's outputs, in the outputs that it spends, and of its contract call's caller, once
   * (contract 1.4).
   */
  relatedTo(vertex: DagVertex): ReadonlySet<string> {
    const addresses = new Set<string>();
    const add = (script: Uint8Array): void => {
      const address = this.#addressOf(script);
      if (address !== undefined) addresses.add(address);
    };
    for (const { script } of vertex.vertex.outputs) add(script);
    vertex.spent.forEach((spent, input) => add(outputOf(spent, spentIndex(vertex, input)).script));
    if (vertex.call !== undefined) addresses.add(vertex.call.header.nc_address);
    return addresses;
  }

  #addressOf(script: Uint8Array): string | undefined {
    const key = bytesToHex(script);
    if (!this.#known.has(key)) this.#known.set(key, decodeScript(script, this.#network)?.address);
    return this.#known.get(key);
  }
}
