import { NC_FAIL } from '../dag/dag-vertex.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import type { ConsensusUpdate } from './consensus-update.js';
import type { ContractEngine } from './contract-engine.js';
import { voidTransaction } from './voiding.js';

/** Runs the contract calls of all transactions that were just confirmed, oldest block and oldest transaction first. */
export function executeContracts(update: ConsensusUpdate, engine: ContractEngine): void {
  const pending = update.confirmed.filter(
    ({ call, firstBlock, ncExecution }) =>
      call !== undefined && firstBlock !== null && ncExecution === 'pending',
  );
  pending.sort((a, b) => heightOf(a) - heightOf(b) || a.timestamp - b.timestamp);
  for (const transaction of new Set(pending)) execute(update, engine, transaction);
}

function execute(update: ConsensusUpdate, engine: ContractEngine, transaction: DagVertex): void {
  const { call, firstBlock } = transaction;
  if (call === undefined || firstBlock === null) return;
  update.touch(transaction);
  if (transaction.isVoided) {
    transaction.ncExecution = 'skipped';
    return;
  }
  const result = engine(call, transaction);
  if (result.success) {
    transaction.ncExecution = 'success';
    update.executions.push({ transaction, block: firstBlock, events: result.events });
    return;
  }
  transaction.ncExecution = 'failure';
  voidTransaction(update, transaction, transaction.hash, { verification: false });
  transaction.addVoidedBy(NC_FAIL);
}

function heightOf({ firstBlock }: DagVertex): number {
  return firstBlock?.height ?? 0;
}
