/**
 * Voiding and un-voiding (the algorithm of the reference's consensus module). `voidedBy` of a vertex holds the ids that void
 * it: of a transaction that lost a conflict, of a block outside the best chain. Ids travel to everything that
 * confirms or spends the vertex; only a block's own id stays away from the blocks on top of it.
 */
import { NC_FAIL } from '../dag/dag-vertex.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { walkDag } from '../dag/dag-walk.js';
import type { ConsensusUpdate } from './consensus-update.js';

/** Voids a transaction and whatever is built upon it. Along `verification` edges too, unless told otherwise. */
export function voidTransaction(
  update: ConsensusUpdate,
  transaction: DagVertex,
  id: string,
  { verification = true } = {},
): void {
  if (transaction.isVoidedBy(id)) return;
  const conflicting = new Set<DagVertex>();
  const walk = {
    towards: 'descendants',
    verification: verification && !isVoidedByFailedCallsOnly(update, transaction),
  } as const;
  walkDag([transaction], walk, (vertex) => {
    if (vertex.isBlock) voidBlock(update, vertex);
    if (vertex !== transaction && !vertex.isVoided) {
      vertex.conflicts.forEach((conflict) => conflicting.add(conflict));
    }
    vertex.addVoidedBy(id);
    if (vertex.conflicts.length > 0) {
      loseConflict(update, vertex);
      refreshAccumulatedWork(update, vertex);
    }
    update.touch(vertex);
    return true;
  });
  // Whatever they conflicted with may have won now.
  for (const conflict of conflicting) settleConflicts(update, conflict);
}

/** Takes an id back from a transaction and from whatever is built upon it. */
function unvoidTransaction(update: ConsensusUpdate, transaction: DagVertex, id: string): void {
  if (!transaction.isVoidedBy(id)) return;
  const undecided: DagVertex[] = [];
  walkDag([transaction], { towards: 'descendants' }, (vertex) => {
    if (!vertex.isVoidedBy(id)) return false;
    vertex.removeVoidedBy(id);
    if (vertex.isVoidedOnlyByItself && !vertex.isBlock) undecided.push(vertex);
    update.touch(vertex);
    return true;
  });
  for (const vertex of undecided) settleConflicts(update, vertex);
}

/** Voids a block outside the best chain, the spenders of its outputs, and takes back its confirmations. */
export function voidBlock(update: ConsensusUpdate, block: DagVertex): void {
  removeConfirmations(update, block);
  if (block.isVoidedBy(block.hash)) return;
  block.addVoidedBy(block.hash);
  update.touch(block);
  for (const [, spenders] of block.spentOutputs) {
    for (const spender of [...spenders]) voidTransaction(update, spender, block.hash);
  }
}

/** The reverse for a block that joins the best chain; false if it was not voided by itself. */
export function unvoidBlock(update: ConsensusUpdate, block: DagVertex): boolean {
  if (!block.isVoidedBy(block.hash)) return false;
  block.removeVoidedBy(block.hash);
  update.touch(block);
  for (const [, spenders] of block.spentOutputs) {
    for (const spender of [...spenders]) unvoidTransaction(update, spender, block.hash);
  }
  return true;
}

/** Un-voids a transaction if it now weighs more than all it conflicts with; a tie voids all of them. */
export function settleConflicts(update: ConsensusUpdate, transaction: DagVertex): void {
  if (!transaction.isVoidedOnlyByItself) return;
  const rivals = transaction.conflicts.filter(
    (rival) => !rival.isVoided || rival.isVoidedOnlyByItself,
  );
  // A block's confirmation beats any weight.
  if (rivals.some((rival) => rival.firstBlock !== null)) return;
  const ownWork = transaction.accumulatedWork;
  if (rivals.some((rival) => rival.isVoided && rival.accumulatedWork > ownWork)) return;
  let tied = false;
  for (const rival of rivals.filter(({ isVoided }) => !isVoided)) {
    refreshAccumulatedWork(update, rival, ownWork);
    if (rival.accumulatedWork > ownWork) return;
    tied ||= rival.accumulatedWork === ownWork;
  }
  const newestFirst = [...transaction.conflicts].sort((a, b) => b.timestamp - a.timestamp);
  for (const rival of newestFirst) loseConflict(update, rival);
  if (!tied) unvoidTransaction(update, transaction, transaction.hash);
}

/**
 * Whether a transaction would win its conflicts if the confirmations of a branch were taken back.
 *
 * @param isTakenBack - whether that branch confirms the transaction.
 */
export function winsConflicts(
  update: ConsensusUpdate,
  transaction: DagVertex,
  isTakenBack: (rival: DagVertex) => boolean,
): boolean {
  refreshAccumulatedWork(update, transaction);
  const { accumulatedWork: ownWork, conflicts } = transaction;
  return conflicts.every((rival) => {
    if (rival.isVoided && !rival.isVoidedOnlyByItself) return true;
    if (rival.firstBlock !== null && !isTakenBack(rival)) return false;
    return rival.isVoided ? rival.accumulatedWork <= ownWork : workBehind(rival, ownWork) < ownWork;
  });
}

/** Voids a transaction by itself: the mark of a lost conflict. */
export function loseConflict(update: ConsensusUpdate, transaction: DagVertex): void {
  voidTransaction(update, transaction, transaction.hash);
}

/** Sums up a transaction's work anew, as far as the comparison with `enough` needs it. */
function refreshAccumulatedWork(
  update: ConsensusUpdate,
  transaction: DagVertex,
  enough?: bigint,
): void {
  if (enough !== undefined && transaction.accumulatedWork > enough) return;
  transaction.accumulatedWork = workBehind(transaction, enough);
  update.touch(transaction);
}

/** The work of a transaction and of everything built upon it; more than `enough` is not counted to the end. */
export function workBehind(transaction: DagVertex, enough?: bigint): bigint {
  let sum = 0n;
  walkDag([transaction], { towards: 'descendants' }, (vertex) => {
    if (enough === undefined || sum <= enough) sum += vertex.work;
    return enough === undefined || sum <= enough;
  });
  return sum;
}

function removeConfirmations(update: ConsensusUpdate, block: DagVertex): void {
  walkDag([block], { towards: 'ancestors' }, (vertex) => {
    if (vertex === block) return true;
    if (vertex.firstBlock !== block) return false;
    if (vertex.call !== undefined) takeBackExecution(update, vertex);
    vertex.firstBlock = null;
    update.touch(vertex);
    return true;
  });
}

function takeBackExecution(update: ConsensusUpdate, transaction: DagVertex): void {
  transaction.ncExecution = 'pending';
  if (!transaction.isVoidedBy(NC_FAIL)) return;
  transaction.removeVoidedBy(NC_FAIL);
  unvoidTransaction(update, transaction, transaction.hash);
}

function isVoidedByFailedCallsOnly(update: ConsensusUpdate, transaction: DagVertex): boolean {
  return (
    transaction.isVoided &&
    transaction.voidedBy.every(
      (id) =>
        id === NC_FAIL ||
        (id === transaction.hash
          ? transaction.isVoidedBy(NC_FAIL)
          : update.dag.get(id)?.isVoidedBy(NC_FAIL)),
    )
  );
}
