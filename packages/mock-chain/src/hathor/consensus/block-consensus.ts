import type { DagVertex } from '../dag/dag-vertex.js';
import { firstAncestorInBestChain, scoreBlock } from './block-score.js';
import type { ConsensusUpdate } from './consensus-update.js';
import { inheritedVoiding } from './inherited-voiding.js';
import { settleConflicts, unvoidBlock, voidBlock, winsConflicts } from './voiding.js';

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
  const common = firstAncestorInBestChain(block);
  if (
    !wins(scoreBlock(update, block), block, previousBest) ||
    !canTurnConflicts(update, block, common)
  ) {
    inherit(update, block);
    return;
  }
  voidChain(update, previousBest, common);
  // What lost against transactions of the old branch only because that branch confirmed them.
  for (const cause of voidingTransactions(update, block)) settleConflicts(update, cause);
  becomeBest(update, block);
  if (block.isVoided) return;
  update.reorg = { previousBest, newBest: block, common };
  dag.setBest(block);
}

/** More score wins; with equal score the numerically smaller id does (contract 2.8). */
function wins(score: bigint, block: DagVertex, best: DagVertex): boolean {
  return score > best.score || (score === best.score && block.hash < best.hash);
}

/**
 * Whether nothing voids a branch but its own blocks, which join the best chain, and transactions that win their conflicts
 * once the confirmations above the fork are taken back.
 */
function canTurnConflicts(update: ConsensusUpdate, block: DagVertex, common: DagVertex): boolean {
  const lifted = inheritedVoiding(update.dag, block);
  const transactions = voidingTransactions(update, block);
  const branch = new Set<string>();
  for (let member = block; member !== common; member = member.blockParent) branch.add(member.hash);
  const isLifted = (id: string): boolean =>
    branch.has(id) || (lifted.has(id) && update.dag.get(id)?.isBlock === false);
  return (
    [...lifted].every(isLifted) &&
    transactions.every(({ voidedBy }) => voidedBy.every(isLifted)) &&
    transactions.every((cause) =>
      winsConflicts(update, cause, ({ firstBlock }) => (firstBlock?.height ?? 0) > common.height),
    )
  );
}

/** Transactions whose lost conflicts void the block. */
function voidingTransactions({ dag }: ConsensusUpdate, block: DagVertex): DagVertex[] {
  const causes = [...inheritedVoiding(dag, block)].map((id) => dag.require(id));
  return causes.filter(({ isBlock }) => !isBlock);
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
