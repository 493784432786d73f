import type { DagVertex } from '../dag/dag-vertex.js';
import { walkDag } from '../dag/dag-walk.js';
import type { ConsensusUpdate } from './consensus-update.js';
import { settleConflicts } from './voiding.js';

/** Whether an input spends a block's output before enough blocks are on top of that block. */
export function spendsLockedReward(
  spent: readonly DagVertex[],
  bestHeight: number,
  rewardSpendMinBlocks: number,
): boolean {
  return spent.some(
    (vertex) => vertex.isBlock && bestHeight - vertex.height < rewardSpendMinBlocks,
  );
}

/**
 * Deletes mempool transactions that a shorter best chain made invalid, and everything built upon them.
 *
 * @returns what was deleted, newest first.
 */
export function removeInvalid(
  update: ConsensusUpdate,
  rewardSpendMinBlocks: number,
): readonly DagVertex[] {
  const bestHeight = update.dag.best.height;
  const isInvalid = ({ firstBlock, spent }: DagVertex): boolean =>
    firstBlock === null && spendsLockedReward(spent, bestHeight, rewardSpendMinBlocks);
  const invalid = [...update.dag.mempool].filter(isInvalid);
  // Rivals that lost are not in the mempool, but must not win by the removal.
  const rivals = invalid.flatMap(({ conflicts }) => conflicts.filter(isInvalid));
  const removed: DagVertex[] = [];
  walkDag([...invalid, ...rivals], { towards: 'descendants' }, (vertex) => {
    removed.push(vertex);
    return true;
  });
  removed.reverse();
  const bereft = new Set<DagVertex>();
  for (const vertex of removed) {
    for (const neighbour of [...vertex.spent, ...vertex.parents]) update.touch(neighbour);
    for (const rival of vertex.conflicts) bereft.add(rival);
    update.dag.remove(vertex);
  }
  for (const vertex of removed) {
    bereft.delete(vertex);
    update.affected.delete(vertex);
  }
  for (const rival of bereft) {
    update.touch(rival);
    settleConflicts(update, rival);
  }
  return removed;
}
