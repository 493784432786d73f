import type { Dag } from '../dag/dag.js';
import { NC_FAIL } from '../dag/dag-vertex.js';
import type { DagVertex } from '../dag/dag-vertex.js';

/** Ids that void a new vertex because they void its parents or what it spends. */
export function inheritedVoiding(dag: Dag, vertex: DagVertex): Set<string> {
  const ids = new Set<string>();
  for (const parent of vertex.parents) {
    for (const id of parent.voidedBy) {
      if (passesToChildren(dag, parent, id)) ids.add(id);
    }
  }
  for (const spent of vertex.spent) {
    for (const id of spent.voidedBy) if (id !== NC_FAIL) ids.add(id);
  }
  return ids;
}

/** A block's own id does not pass to the blocks on top of it, a failed call's to nobody who merely confirms it. */
function passesToChildren(dag: Dag, parent: DagVertex, id: string): boolean {
  if (id === NC_FAIL || (parent.isBlock && id === parent.hash)) return false;
  const cause = id === parent.hash ? parent : dag.get(id);
  return cause?.isVoidedBy(NC_FAIL) !== true;
}
