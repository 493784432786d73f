import { spentIndex } from '../dag/dag.js';
import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { isAuthority, NATIVE_TOKEN, outputOf, tokenOf } from '../dag/vertex-tokens.js';
import { SortedVertices } from './sorted-vertices.js';

/** An output that nobody has spent. */
export interface UnspentOutput {
  readonly vertex: DagVertex;
  readonly index: number;
}

/** What there is of a token. */
export class TokenEntry {
  /** Blocks and transactions that move it and are not voided. */
  readonly vertices = new SortedVertices();
  /** By `id:index`, oldest first. */
  readonly unspent = new Map<string, UnspentOutput>();
  readonly authorities = new Map<string, UnspentOutput>();
  /** Sum of the unspent outputs, atomic units. */
  total = 0n;
}

/** Tokens, what moves them, and their unspent outputs, kept up to date vertex by vertex. */
export class TokenIndex {
  readonly #entries = new Map<string, TokenEntry>();
  readonly #dag: Dag;

  constructor(dag: Dag) {
    this.#dag = dag;
  }

  get(uid: string): TokenEntry | undefined {
    return this.#entries.get(uid);
  }

  /** Custom tokens in the order in which they were first seen. */
  *uids(): Generator<string> {
    for (const uid of this.#entries.keys()) if (uid !== NATIVE_TOKEN) yield uid;
  }

  /** Takes in a vertex that was added, changed or removed. */
  refresh(vertex: DagVertex): void {
    const counts = this.#counts(vertex);
    const moved = new Set<string>();
    vertex.vertex.outputs.forEach((output, index) => {
      moved.add(tokenOf(vertex, output));
      this.#refreshOutput(vertex, index);
    });
    vertex.spent.forEach((spent, input) => {
      const index = spentIndex(vertex, input);
      moved.add(tokenOf(spent, outputOf(spent, index)));
      this.#refreshOutput(spent, index);
    });
    for (const token of moved) {
      const { vertices } = this.#entryOf(token);
      if (counts) vertices.add(vertex);
      else vertices.remove(vertex);
    }
  }

  #counts(vertex: DagVertex): boolean {
    return !vertex.isVoided && this.#dag.get(vertex.hash) === vertex;
  }

  #refreshOutput(vertex: DagVertex, index: number): void {
    const output = outputOf(vertex, index);
    const entry = this.#entryOf(tokenOf(vertex, output));
    const outputs = isAuthority(output) ? entry.authorities : entry.unspent;
    const place = `${vertex.hash}:${index}`;
    const isUnspent = this.#counts(vertex) && !vertex.isSpent(index);
    if (outputs.has(place) === isUnspent) return;
    if (isUnspent) outputs.set(place, { vertex, index });
    else outputs.delete(place);
    if (!isAuthority(output)) entry.total += isUnspent ? output.value : -output.value;
  }

  #entryOf(token: string): TokenEntry {
    let entry = this.#entries.get(token);
    if (entry === undefined) this.#entries.set(token, (entry = new TokenEntry()));
    return entry;
  }
}
