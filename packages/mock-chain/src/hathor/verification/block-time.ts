import type { DagVertex } from '../dag/dag-vertex.js';
import { MAX_DISTANCE_BETWEEN_BLOCKS } from '../network/chain-parameters.js';

const LAST_TIMESTAMP = 0xffffffff;

/** The latest time that a block on top of `parent` may have, Unix seconds (contract 3.5). */
export function latestChildTime(parent: DagVertex): number {
  if (parent.height === 0) return LAST_TIMESTAMP;
  return parent.timestamp + MAX_DISTANCE_BETWEEN_BLOCKS - 1;
}
