import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { updateBlock } from './block-consensus.js';
import { ConsensusUpdate } from './consensus-update.js';
import type { Reorg } from './consensus-update.js';
import { executeContracts } from './contract-execution.js';
import type { ContractEngine, ContractExecution } from './contract-engine.js';
import { removeInvalid } from './mempool-rules.js';
import { updateTransaction } from './transaction-consensus.js';

/** What accepting one vertex changed, in the order in which it is announced (contract 2.8). */
export interface ConsensusOutcome {
  readonly reorg: Reorg | undefined;
  /** Voided vertices first, then the newest. */
  readonly affected: readonly DagVertex[];
  readonly executions: readonly ContractExecution[];
  /** Newest first. */
  readonly removed: readonly DagVertex[];
}

export interface ConsensusRules {
  readonly rewardSpendMinBlocks: number;
  readonly engine: ContractEngine;
}

/** Settles a vertex that has just been added to the DAG. */
export function runConsensus(dag: Dag, vertex: DagVertex, rules: ConsensusRules): ConsensusOutcome {
  const update = new ConsensusUpdate(dag);
  if (vertex.isBlock) {
    updateBlock(update, vertex);
    executeContracts(update, rules.engine);
  } else {
    updateTransaction(update, vertex);
  }
  dag.reindex(update.affected);
  let removed: readonly DagVertex[] = [];
  if (update.reorg !== undefined) {
    removed = removeInvalid(update, rules.rewardSpendMinBlocks);
    if (removed.length > 0) dag.reindex([...update.affected, ...removed]);
  }
  const affected = [...update.affected].sort(byAnnouncement);
  return { reorg: update.reorg, affected, executions: update.executions, removed };
}

function byAnnouncement(a: DagVertex, b: DagVertex): number {
  return Number(b.isVoided) - Number(a.isVoided) || b.timestamp - a.timestamp;
}
