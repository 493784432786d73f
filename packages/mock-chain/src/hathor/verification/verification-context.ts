import type { Hex32 } from '@sluice/hathor';
import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import type { ChainParameters } from '../network/chain-parameters.js';
import { requireRule } from './vertex-rejected.error.js';

/** What the rules look at besides the vertex itself. */
export interface VerificationContext {
  readonly dag: Dag;
  readonly parameters: ChainParameters;
  /** The chain's clock, Unix seconds. */
  readonly now: number;
}

/** @throws VertexRejectedError unless all parents are known, distinct, of the right kind and older than the child. */
export function knownParents(
  parents: readonly Hex32[],
  kinds: readonly ('block' | 'transaction')[],
  timestamp: number,
  { dag }: VerificationContext,
): DagVertex[] {
  requireRule(parents.length === kinds.length, 'PARENTS', () => `${kinds.length} parents needed`);
  requireRule(new Set(parents).size === parents.length, 'PARENTS', () => 'the same parent twice');
  return parents.map((hash, index) => {
    const parent = dag.get(hash);
    requireRule(parent !== undefined, 'PARENTS', () => `unknown parent ${hash}`);
    const kind = parent.isBlock ? 'block' : 'transaction';
    requireRule(kind === kinds[index], 'PARENTS', () => `parent ${hash} must not be a ${kind}`);
    requireRule(parent.timestamp < timestamp, 'TIMESTAMP', () => `not newer than parent ${hash}`);
    return parent;
  });
}
