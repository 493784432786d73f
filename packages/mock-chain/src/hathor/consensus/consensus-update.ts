import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import type { ContractExecution } from './contract-engine.js';

/** A switch of the best chain. */
export interface Reorg {
  readonly previousBest: DagVertex;
  readonly newBest: DagVertex;
  readonly common: DagVertex;
}

/** Collects what one accepted vertex changes. Lives as long as one consensus run. */
export class ConsensusUpdate {
  readonly affected = new Set<DagVertex>();
  readonly confirmed: DagVertex[] = [];
  readonly executions: ContractExecution[] = [];
  reorg: Reorg | undefined;

  constructor(readonly dag: Dag) {}

  /** Notes that the metadata of a vertex changed. */
  touch(vertex: DagVertex): void {
    this.affected.add(vertex);
  }

  /** Notes that a block of the best chain now confirms a transaction. */
  confirm(transaction: DagVertex, block: DagVertex): void {
    transaction.firstBlock = block;
    this.confirmed.push(transaction);
    this.touch(transaction);
  }
}
