import type { DagVertex } from '../dag/dag-vertex.js';

/** A place in the order: by timestamp, then by id. */
export interface VertexPlace {
  readonly timestamp: number;
  readonly hash: string;
}

/** Vertices by timestamp and then by id. Adding at the end, where most come, costs next to nothing. */
export class SortedVertices {
  readonly #vertices: DagVertex[] = [];

  get size(): number {
    return this.#vertices.length;
  }

  /** Does nothing if it is there already. */
  add(vertex: DagVertex): void {
    const index = this.#indexAfter(vertex);
    if (this.#vertices[index - 1] !== vertex) this.#vertices.splice(index, 0, vertex);
  }

  /** Does nothing if it is not there. */
  remove(vertex: DagVertex): void {
    const index = this.#indexAfter(vertex) - 1;
    if (this.#vertices[index] === vertex) this.#vertices.splice(index, 1);
  }

  /**
   * Oldest first. Vertices may be added and removed meanwhile: none that stays is left out or given twice.
   *
   * @param after where to begin, itself not included; absent: with the oldest.
   */
  *ascending(after?: VertexPlace): Generator<DagVertex> {
    let last = after;
    let index = 0;
    for (;;) {
      // A list that has changed has moved its elements.
      if (last !== undefined && this.#vertices[index - 1] !== last) index = this.#indexAfter(last);
      const vertex = this.#vertices[index++];
      if (vertex === undefined) return;
      yield vertex;
      last = vertex;
    }
  }

  /** Up to `count` vertices next to a place, itself not included, newest first, and whether there are more. */
  page(
    count: number,
    from?: { readonly towards: 'older' | 'newer'; readonly place: VertexPlace },
  ): { readonly vertices: readonly DagVertex[]; readonly hasMore: boolean } {
    const { length } = this.#vertices;
    if (from?.towards === 'newer') {
      const start = this.#indexAfter(from.place);
      const vertices = this.#vertices.slice(start, start + count).reverse();
      return { vertices, hasMore: start + count < length };
    }
    const end = from === undefined ? length : this.#indexBefore(from.place);
    const start = Math.max(0, end - count);
    return { vertices: this.#vertices.slice(start, end).reverse(), hasMore: start > 0 };
  }

  #indexBefore(place: VertexPlace): number {
    const index = this.#indexAfter(place);
    return this.#vertices[index - 1]?.hash === place.hash ? index - 1 : index;
  }

  /** Index of the first vertex behind a place. */
  #indexAfter(place: VertexPlace): number {
    let low = 0;
    let high = this.#vertices.length;
    const newest = this.#vertices[high - 1];
    if (newest !== undefined && !isBehind(newest, place)) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const vertex = this.#vertices[middle];
      if (vertex !== undefined && isBehind(vertex, place)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function isBehind(vertex: VertexPlace, place: VertexPlace): boolean {
  return (
    vertex.timestamp > place.timestamp ||
    (vertex.timestamp === place.timestamp && vertex.hash > place.hash)
  );
}
