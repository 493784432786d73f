import type { DagVertex } from '../dag/dag-vertex.js';
import { walkDag } from '../dag/dag-walk.js';
import type { ConsensusUpdate } from './consensus-update.js';

/**
 * A block's score: the work of all blocks and transactions behind it. Known below the fork point, where scores and
 * confirmations of the best chain can be relied on, and summed up above it.
 *
 * @param confirm - The block becomes the head of the best chain: confirm the transactions that are counted.
 */
export function scoreBlock(
  update: ConsensusUpdate,
  block: DagVertex,
  { confirm = false } = {},
): bigint {
  const forkTime = firstAncestorInBestChain(block).timestamp;
  const counted = new Set<DagVertex>();
  const branch: DagVertex[] = [];
  let root = block;
  for (; root.timestamp > forkTime; root = root.blockParent) branch.push(root);
  let { score } = root;
  for (const member of branch.reverse()) {
    score += member.work;
    for (const transaction of unconfirmedBehind(member, counted, forkTime)) {
      score += transaction.work;
      if (confirm) update.confirm(transaction, member);
    }
    // What is behind a block never changes, so a score is news only once.
    if (member.score !== 0n) continue;
    member.score = score;
    update.touch(member);
  }
  return score;
}

/** Where the branch that ends in `block` leaves the best chain. */
export function firstAncestorInBestChain(block: DagVertex): DagVertex {
  let ancestor = block.blockParent;
  while (ancestor.isVoided) ancestor = ancestor.blockParent;
  return ancestor;
}

function unconfirmedBehind(
  block: DagVertex,
  counted: Set<DagVertex>,
  forkTime: number,
): DagVertex[] {
  const found: DagVertex[] = [];
  walkDag(block.parents.slice(1), { towards: 'ancestors' }, (vertex) => {
    if (vertex.isBlock || counted.has(vertex)) return false;
    counted.add(vertex);
    if (vertex.firstBlock !== null && vertex.firstBlock.timestamp <= forkTime) return false;
    found.push(vertex);
    return true;
  });
  return found;
}
