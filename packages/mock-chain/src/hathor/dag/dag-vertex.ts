import type { Vertex } from '@sluice/hathor/codec';
import type { Hex32, NcExecution } from '@sluice/hathor';
import type { ContractCall } from '../consensus/contract-engine.js';

/** "nc-fail" in hex: the marker in `voided_by` of a transaction whose contract call failed. */
export const NC_FAIL = '6e632d6661696c';

/** What a vertex needs to enter the DAG; parents and spent vertices are already in it. */
export interface DagVertexInit {
  readonly hash: Hex32;
  readonly vertex: Vertex;
  /** 2^weight, rounded. */
  readonly work: bigint;
  readonly isBlock: boolean;
  readonly height: number;
  /** Least height of a block that may confirm it. */
  readonly minHeight: number;
  readonly parents: readonly DagVertex[];
  /** Vertices whose outputs are spent, in the order of the inputs. */
  readonly spent: readonly DagVertex[];
  readonly call?: ContractCall | undefined;
}

/** A vertex with its links to both sides and everything that consensus knows about it. */
export class DagVertex {
  readonly hash: Hex32;
  readonly vertex: Vertex;
  readonly work: bigint;
  readonly isBlock: boolean;
  readonly height: number;
  readonly minHeight: number;
  readonly timestamp: number;
  /** Blocks: the block parent first. */
  readonly parents: readonly DagVertex[];
  readonly spent: readonly DagVertex[];
  readonly call: ContractCall | undefined;

  readonly children: DagVertex[] = [];
  readonly conflicts: DagVertex[] = [];
  readonly twins: DagVertex[] = [];
  accumulatedWork: bigint;
  score = 0n;
  /** The best chain's block that confirms this transaction. */
  firstBlock: DagVertex | null = null;
  ncExecution: NcExecution | null;
  #spenders: Map<number, DagVertex[]> | undefined;
  #voidedBy: readonly string[] = [];

  constructor(init: DagVertexInit) {
    this.hash = init.hash;
    this.vertex = init.vertex;
    this.work = init.work;
    this.isBlock = init.isBlock;
    this.height = init.height;
    this.minHeight = init.minHeight;
    this.timestamp = init.vertex.timestamp;
    this.parents = init.parents;
    this.spent = init.spent;
    this.call = init.call;
    this.accumulatedWork = init.work;
    this.ncExecution = init.call === undefined ? null : 'pending';
  }

  /** The parent of a block in the tree of blocks. */
  get blockParent(): DagVertex {
    const [parent] = this.parents;
    if (!this.isBlock || parent === undefined)
      throw new TypeError(`${this.hash} has no block parent`);
    return parent;
  }

  get voidedBy(): readonly string[] {
    return this.#voidedBy;
  }

  get isVoided(): boolean {
    return this.#voidedBy.length > 0;
  }

  /** Lost a conflict, and nothing else is wrong with it. */
  get isVoidedOnlyByItself(): boolean {
    return this.#voidedBy.length === 1 && this.#voidedBy[0] === this.hash;
  }

  isVoidedBy(id: string): boolean {
    return this.#voidedBy.includes(id);
  }

  addVoidedBy(id: string): void {
    if (!this.isVoidedBy(id)) this.#voidedBy = [...this.#voidedBy, id];
  }

  removeVoidedBy(id: string): void {
    this.#voidedBy = this.#voidedBy.filter((entry) => entry !== id);
  }

  /** All spenders of an output, voided ones included; the list may be changed. */
  spendersOf(index: number): DagVertex[] {
    this.#spenders ??= new Map();
    let spenders = this.#spenders.get(index);
    if (spenders === undefined) this.#spenders.set(index, (spenders = []));
    return spenders;
  }

  /** Outputs that are or were spent. */
  get spentOutputs(): Iterable<readonly [index: number, spenders: readonly DagVertex[]]> {
    return this.#spenders ?? [];
  }

  /** The transaction that spends the output and is not voided. */
  spenderOf(index: number): DagVertex | undefined {
    return this.#spenders?.get(index)?.find((spender) => !spender.isVoided);
  }

  /** Whether an executed transaction spends the output. */
  isSpent(index: number): boolean {
    return this.spenderOf(index) !== undefined;
  }
}
