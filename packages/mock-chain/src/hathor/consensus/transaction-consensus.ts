import { bytesToHex } from '@noble/hashes/utils.js';
import { spentIndex } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import type { ConsensusUpdate } from './consensus-update.js';
import { inheritedVoiding } from './inherited-voiding.js';
import { loseConflict, settleConflicts } from './voiding.js';

/** Settles a transaction that has just entered the DAG. */
export function updateTransaction(update: ConsensusUpdate, transaction: DagVertex): void {
  markInputsAsSpent(update, transaction);
  settleVoiding(update, transaction);
  markTwins(update, transaction);
}

function markInputsAsSpent(update: ConsensusUpdate, transaction: DagVertex): void {
  transaction.spent.forEach((spent, input) => {
    const spenders = spent.spendersOf(spentIndex(transaction, input));
    for (const rival of spenders) {
      if (transaction.conflicts.includes(rival)) continue;
      transaction.conflicts.push(rival);
      rival.conflicts.push(transaction);
      update.touch(rival);
    }
    spenders.push(transaction);
    update.touch(spent);
  });
  update.touch(transaction);
}

function settleVoiding(update: ConsensusUpdate, transaction: DagVertex): void {
  const causes = [...inheritedVoiding(update.dag, transaction)].map((id) => update.dag.require(id));
  for (const cause of causes) {
    cause.accumulatedWork += transaction.work;
    update.touch(cause);
    transaction.addVoidedBy(cause.hash);
  }
  // A conflict voids the newcomer until its weight says otherwise.
  if (transaction.conflicts.length > 0) transaction.addVoidedBy(transaction.hash);
  for (const cause of causes) if (!cause.isBlock) settleConflicts(update, cause);
  for (const rival of transaction.conflicts) {
    if (rival.isVoided && rival.firstBlock === null) loseConflict(update, rival);
  }
  settleConflicts(update, transaction);
}

/** Twins have the same inputs and the same outputs in any order; they differ in weight, time, parents or nonce. */
function markTwins(update: ConsensusUpdate, transaction: DagVertex): void {
  if (transaction.conflicts.length === 0) return;
  const own = fundsKey(transaction);
  for (const rival of transaction.conflicts) {
    if (fundsKey(rival) !== own) continue;
    transaction.twins.push(rival);
    rival.twins.push(transaction);
    update.touch(rival);
  }
}

function fundsKey({ vertex }: DagVertex): string {
  const inputs =
    'inputs' in vertex
      ? vertex.inputs.map(({ txId, index, data }) => `${txId}:${index}:${bytesToHex(data)}`)
      : [];
  const outputs = vertex.outputs.map(({ value, script }) => `${bytesToHex(script)}:${value}`);
  return [...inputs.sort(), '|', ...outputs.sort()].join(' ');
}
