import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import type { SeededRandom } from '../../random/seeded-random.js';

/** The two transactions that a new vertex confirms. */
export type ParentPair = readonly [DagVertex, DagVertex];

/** Transactions for a new vertex to confirm: all that are required, filled up to two from the others. */
export interface ParentChoice {
  readonly required: readonly DagVertex[];
  /** Empty if two are required. */
  readonly any: readonly DagVertex[];
}

/** What parents are chosen from. */
export interface ParentSource {
  readonly dag: Dag;
  readonly genesisTransactions: ParentPair;
}

/**
 * What the reference lets a new vertex choose from (contract 3.5): all mempool tips if there are two or more; or the only
 * one with the newest transaction that it or the best block builds upon; or, with an empty mempool, the two newest
 * around the best block.
 *
 * @param before Unix seconds: mempool transactions from then on do not count. Default: all count.
 */
export function parentChoice(
  { dag, genesisTransactions }: ParentSource,
  before = Infinity,
): ParentChoice {
  const tips = [...dag.tips].filter(({ timestamp }) => timestamp < before);
  const [tip] = tips;
  if (tip === undefined) {
    return { required: confirmedParents(dag.best, genesisTransactions), any: [] };
  }
  if (tips.length === 2) return { required: byHash(tips), any: [] };
  if (tips.length > 2) return { required: [], any: byHash(tips) };
  const around = [dag.best, tip].flatMap((vertex) => [
    ...transactionParents(vertex, genesisTransactions),
    ...spentBy(vertex),
  ]);
  const [newest] = newestFirst(around);
  if (newest === undefined) throw new Error('a best block without transactions');
  return { required: [tip, newest], any: [] };
}

/** Chooses two of what {@link parentChoice} offers. */
export function selectParents(
  source: ParentSource,
  random: SeededRandom,
  before?: number,
): ParentPair {
  const { required, any } = parentChoice(source, before);
  if (any.length === 0) return pair(required);
  const first = random.below(any.length);
  const second = (first + 1 + random.below(any.length - 1)) % any.length;
  return pair([any[first], any[second]]);
}

/** Two transactions that the chain up to `block` confirms. */
export function confirmedParents(block: DagVertex, genesisTransactions: ParentPair): ParentPair {
  const parents = transactionParents(block, genesisTransactions);
  // The grandparents keep a genesis transaction from being carried along for ever.
  const grandparents = parents.flatMap((parent) => [
    ...transactionParents(parent, genesisTransactions),
    ...spentBy(parent),
  ]);
  const newest = newestFirst([...parents, ...grandparents]).slice(0, 2);
  return pair(byHash(newest));
}

function transactionParents(
  vertex: DagVertex,
  genesisTransactions: ParentPair,
): readonly DagVertex[] {
  if (vertex.isBlock && vertex.height === 0) return genesisTransactions;
  if (vertex.isBlock) return vertex.parents.slice(1);
  if (vertex.parents.length > 0) return vertex.parents;
  return genesisTransactions.filter((transaction) => transaction !== vertex);
}

function spentBy(transaction: DagVertex): readonly DagVertex[] {
  return transaction.spent.filter(({ isBlock }) => !isBlock);
}

function byHash(vertices: readonly DagVertex[]): readonly DagVertex[] {
  return vertices.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
}

function newestFirst(vertices: readonly DagVertex[]): DagVertex[] {
  return [...new Set(vertices)].sort((a, b) => b.timestamp - a.timestamp);
}

function pair([first, second]: readonly (DagVertex | undefined)[]): ParentPair {
  if (first === undefined || second === undefined) throw new Error('two parents needed');
  return [first, second];
}
