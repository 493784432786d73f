import type { Hex32, NanoHeaderData } from '@sluice/hathor';
import type { DagVertex } from '../dag/dag-vertex.js';

/** A call of a contract that travels with a transaction. */
export interface ContractCall {
  readonly header: NanoHeaderData;
  /** The contract that runs: for `initialize` the transaction's own id. */
  readonly contract?: Hex32;
}

/** What one execution did: the text of its events; none if it failed. */
export type ContractResult =
  { readonly success: true; readonly events: readonly string[] } | { readonly success: false };

/** Runs contract calls when a block confirms them. */
export type ContractEngine = (call: ContractCall, transaction: DagVertex) => ContractResult;

/** An execution that succeeded, in the order of execution. */
export interface ContractExecution {
  readonly transaction: DagVertex;
  readonly block: DagVertex;
  readonly events: readonly string[];
}
