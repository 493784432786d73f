import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import type { SeededRandom } from '../../random/seeded-random.js';

/** The two transactions that a new vertex confirms. */
export type ParentPair = readonly [DagVertex, DagVertex];

/**
 * Chooses as the reference does (contract 3.5): two mempool tips; or the only one and the newest of its own parents, what
 * it spends and the best block's parents; or, with an empty mempool, the two newest around the best block.
 *
 * @param before - Unix seconds; newer tips are left for later.
 */
export function selectParents(
  dag: Dag,
  genesisTransactions: ParentPair,
  random: SeededRandom,
  before = Infinity,
): ParentPair {
  const tips = [...dag.tips].filter(({ timestamp }) => timestamp < before);
  const [tip] = tips;
  if (tip === undefined) return confirmedParents(dag.best, genesisTransactions);
  const around = transactionParents(dag.best, genesisTransactions);
  if (tips.length === 1) {
    const repeated = [...around, ...transactionParents(tip, genesisTransactions), ...spentBy(tip)];
    const [newest] = newestFirst(repeated);
    if (newest === undefined) throw new Error('a tip without parents');
    return [tip, newest];
  }
  const first = random.below(tips.length);
  const second = (first + 1 + random.below(tips.length - 1)) % tips.length;
  return pair([tips[first], tips[second]]);
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
  return pair(newest.sort((a, b) => (a.hash < b.hash ? -1 : 1)));
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

function newestFirst(vertices: readonly DagVertex[]): DagVertex[] {
  return [...new Set(vertices)].sort((a, b) => b.timestamp - a.timestamp);
}

function pair([first, second]: readonly (DagVertex | undefined)[]): ParentPair {
  if (first === undefined || second === undefined) throw new Error('two parents needed');
  return [first, second];
}
