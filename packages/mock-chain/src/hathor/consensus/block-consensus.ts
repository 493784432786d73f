import type { DagVertex } from '../dag/dag-vertex.js';
import { firstAncestorInBestChain, scoreBlock } from './block-score.js';
import type { ConsensusUpdate } from './consensus-update.js';
import { inheritedVoiding } from './inherited-voiding.js';
import { settleConflicts, unvoidBlock, voidBlock } from './voiding.js';

/** Settles a block that has just entered the DAG; it extends the best chain, joins a side chain or takes over. */
export function updateBlock(update: ConsensusUpdate, block: DagVertex): void {
  supportVoidedParents(update, block);
  const { dag } = update;
  const previousBest = dag.best;
  const parent = block.blockParent;
  if (parent.height === 0 && parent.children.length === 1) update.touch(parent);
  if (parent === previousBest && !parent.isVoided) {
    becomeBest(update, block);
    if (!block.isVoided) dag.setBest(block);
    return;
  }
  // Voided first, so that the fork point is looked for below it.
  block.addVoidedBy(block.hash);
  if (!wins(scoreBlock(update, block), block, previousBest)) {
    inherit(update, block);
    return;
  }
  const common = firstAncestorInBestChain(block);
  voidChain(update, previousBest, common);
  becomeBest(update, block);
  if (block.isVoided) return;
  update.reorg = { previousBest, newBest: block, common };
  dag.setBest(block);
}

/** More score wins; with equal score the numerically smaller id does (contract 2.8). */
function wins(score: bigint, block: DagVertex, best: DagVertex): boolean {
  return score > best.score || (score === best.score && block.hash < best.hash);
}

/** A block adds its work to whatever voids its parents, which can turn a conflict round. */
function supportVoidedParents(update: ConsensusUpdate, block: DagVertex): void {
  const causes = [...inheritedVoiding(update.dag, block)].map((id) => update.dag.require(id));
  for (const cause of causes) {
    cause.accumulatedWork += block.work;
    update.touch(cause);
  }
  for (const cause of causes) if (!cause.isBlock) settleConflicts(update, cause);
}

/** Makes a block the head of the best chain, or puts the old head back if its parents turn out to be voided. */
function becomeBest(update: ConsensusUpdate, block: DagVertex): void {
  scoreBlock(update, block, { confirm: true });
  for (let member = block; unvoidBlock(update, member); member = member.blockParent);
  if (!inherit(update, block)) return;
  const head = update.dag.best;
  voidChain(update, block, firstAncestorInBestChain(head));
  if (head !== block) becomeBest(update, head);
}

function inherit(update: ConsensusUpdate, block: DagVertex): boolean {
  const ids = inheritedVoiding(update.dag, block);
  for (const id of ids) block.addVoidedBy(id);
  update.touch(block);
  return ids.size > 0;
}

function voidChain(update: ConsensusUpdate, head: DagVertex, common: DagVertex): void {
  for (let block = head; block.timestamp > common.timestamp; block = block.blockParent) {
    if (!block.isVoidedBy(block.hash)) voidBlock(update, block);
  }
}
