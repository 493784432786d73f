import type { Hex32 } from '@sluice/hathor';
import type { DagVertex } from './dag-vertex.js';

/** All vertices of one chain, the best chain's blocks by height, and the mempool with its tips. */
export class Dag {
  readonly #vertices = new Map<Hex32, DagVertex>();
  readonly #bestChain: DagVertex[] = [];
  readonly #mempool = new Set<DagVertex>();
  readonly #tips = new Set<DagVertex>();

  get size(): number {
    return this.#vertices.size;
  }

  /** Head of the best chain. */
  get best(): DagVertex {
    const best = this.#bestChain.at(-1);
    if (best === undefined) throw new Error('the chain has no genesis');
    return best;
  }

  /** Unconfirmed transactions that are not voided. */
  get mempool(): ReadonlySet<DagVertex> {
    return this.#mempool;
  }

  /** Mempool transactions that no executed vertex confirms or spends. */
  get tips(): ReadonlySet<DagVertex> {
    return this.#tips;
  }

  /** In the order in which they were added, so parents come before children. */
  vertices(): Iterable<DagVertex> {
    return this.#vertices.values();
  }

  get(hash: Hex32): DagVertex | undefined {
    return this.#vertices.get(hash);
  }

  /** @throws Error if there is no such vertex. */
  require(hash: Hex32): DagVertex {
    const vertex = this.#vertices.get(hash);
    if (vertex === undefined) throw new Error(`no vertex ${hash}`);
    return vertex;
  }

  blockAt(height: number): DagVertex | undefined {
    return this.#bestChain[height];
  }

  add(vertex: DagVertex): void {
    this.#vertices.set(vertex.hash, vertex);
    for (const parent of vertex.parents) parent.children.push(vertex);
  }

  /** Takes out a vertex that nothing in the DAG refers to any more except its ancestors. */
  remove(vertex: DagVertex): void {
    this.#vertices.delete(vertex.hash);
    for (const parent of vertex.parents) deleteFrom(parent.children, vertex);
    vertex.spent.forEach((spent, input) => {
      const index = spentIndex(vertex, input);
      deleteFrom(spent.spendersOf(index), vertex);
    });
    for (const conflict of vertex.conflicts) deleteFrom(conflict.conflicts, vertex);
    for (const twin of vertex.twins) deleteFrom(twin.twins, vertex);
    this.#mempool.delete(vertex);
    this.#tips.delete(vertex);
  }

  /** Makes the chain that ends in `head` the best one. */
  setBest(head: DagVertex): void {
    let block = head;
    while (this.#bestChain[block.height] !== block) {
      this.#bestChain[block.height] = block;
      if (block.height === 0) break;
      block = block.blockParent;
    }
    this.#bestChain.length = head.height + 1;
  }

  /** Brings mempool and tips up to date with what consensus changed. */
  reindex(changed: Iterable<DagVertex>): void {
    const around = new Set<DagVertex>();
    for (const vertex of changed) {
      for (const parent of vertex.parents) around.add(parent);
      for (const spent of vertex.spent) around.add(spent);
      if (vertex.isBlock || !this.#vertices.has(vertex.hash)) continue;
      if (vertex.firstBlock === null && !vertex.isVoided) this.#mempool.add(vertex);
      else this.#mempool.delete(vertex);
      around.add(vertex);
    }
    for (const vertex of around) {
      if (this.#mempool.has(vertex) && !isBuiltUpon(vertex)) this.#tips.add(vertex);
      else this.#tips.delete(vertex);
    }
  }
}

/** Which output of the spent vertex an input of a transaction refers to. */
export function spentIndex(transaction: DagVertex, input: number): number {
  const { vertex } = transaction;
  const spent = 'inputs' in vertex ? vertex.inputs[input] : undefined;
  if (spent === undefined) throw new RangeError(`${transaction.hash} has no input ${input}`);
  return spent.index;
}

function isBuiltUpon(vertex: DagVertex): boolean {
  if (vertex.children.some((child) => !child.isVoided)) return true;
  for (const [, spenders] of vertex.spentOutputs) {
    if (spenders.some((spender) => !spender.isVoided)) return true;
  }
  return false;
}

function deleteFrom(list: DagVertex[], vertex: DagVertex): void {
  const index = list.indexOf(vertex);
  if (index >= 0) list.splice(index, 1);
}
