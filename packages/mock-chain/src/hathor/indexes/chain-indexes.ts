import type { HathorNetwork } from '@sluice/hathor/codec';
import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { ScriptAddresses } from './script-addresses.js';
import { SortedVertices } from './sorted-vertices.js';
import { TokenIndex } from './token-index.js';

/** Finds vertices by address, by token and by kind; kept up to date vertex by vertex. */
export class ChainIndexes {
  readonly blocks = new SortedVertices();
  readonly transactions = new SortedVertices();
  readonly tokens: TokenIndex;
  readonly #addresses = new Map<string, SortedVertices>();
  readonly #scripts: ScriptAddresses;
  #newestBlock: DagVertex | undefined;

  constructor(dag: Dag, network: HathorNetwork) {
    this.tokens = new TokenIndex(dag);
    this.#scripts = new ScriptAddresses(network);
  }

  /** The block that was added last, on whatever branch. */
  get newestBlock(): DagVertex | undefined {
    return this.#newestBlock;
  }

  /** Vertices that reference an address, voided ones included; undefined if there are none. */
  ofAddress(address: string): SortedVertices | undefined {
    return this.#addresses.get(address);
  }

  /** Takes in a vertex that is new in the DAG. */
  add(vertex: DagVertex): void {
    if (vertex.isBlock) this.#newestBlock = vertex;
    (vertex.isBlock ? this.blocks : this.transactions).add(vertex);
    for (const address of this.#scripts.relatedTo(vertex)) {
      let list = this.#addresses.get(address);
      if (list === undefined) this.#addresses.set(address, (list = new SortedVertices()));
      list.add(vertex);
    }
    this.tokens.refresh(vertex);
  }

  /** Takes in a vertex whose metadata changed. */
  refresh(vertex: DagVertex): void {
    this.tokens.refresh(vertex);
  }

  /** Takes in a vertex that is gone from the DAG. */
  remove(vertex: DagVertex): void {
    (vertex.isBlock ? this.blocks : this.transactions).remove(vertex);
    for (const address of this.#scripts.relatedTo(vertex)) {
      const list = this.#addresses.get(address);
      list?.remove(vertex);
      if (list?.size === 0) this.#addresses.delete(address);
    }
    this.tokens.refresh(vertex);
  }
}
