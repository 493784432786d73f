import type { DagVertex } from './dag-vertex.js';

/** Which way a walk goes, and along which edges. Both kinds of edges unless told otherwise. */
export interface WalkOptions {
  /** `ancestors`: newest first; `descendants`: oldest first. */
  readonly towards: 'ancestors' | 'descendants';
  /** Follow parents or children. */
  readonly verification?: boolean;
}

/**
 * Visits every vertex that can be reached from `roots`, once, in the order of timestamps; roots are visited too.
 * `visit` returns whether the walk goes on through the vertex. Edges are read after the visit.
 */
export function walkDag(
  roots: Iterable<DagVertex>,
  { towards, verification = true }: WalkOptions,
  visit: (vertex: DagVertex) => boolean,
): void {
  const sign = towards === 'ancestors' ? 1 : -1;
  const seen = new Set<DagVertex>();
  const frontier: DagVertex[] = [];
  const meet = (vertex: DagVertex): void => {
    if (seen.has(vertex)) return;
    seen.add(vertex);
    insertByKey(frontier, vertex, sign);
  };
  for (const root of roots) meet(root);
  for (let vertex = frontier.pop(); vertex !== undefined; vertex = frontier.pop()) {
    if (visit(vertex)) forEachNeighbour(vertex, towards, verification, meet);
  }
}

function forEachNeighbour(
  vertex: DagVertex,
  towards: WalkOptions['towards'],
  verification: boolean,
  meet: (vertex: DagVertex) => void,
): void {
  if (towards === 'ancestors') {
    if (verification) vertex.parents.forEach(meet);
    vertex.spent.forEach(meet);
    return;
  }
  if (verification) vertex.children.forEach(meet);
  for (const [, spenders] of vertex.spentOutputs) spenders.forEach(meet);
}

/** Keeps the frontier sorted so that the next vertex is its last element. */
function insertByKey(frontier: DagVertex[], vertex: DagVertex, sign: 1 | -1): void {
  const key = sign * vertex.timestamp;
  let low = 0;
  let high = frontier.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = frontier[middle];
    if (other !== undefined && sign * other.timestamp <= key) low = middle + 1;
    else high = middle;
  }
  frontier.splice(low, 0, vertex);
}
