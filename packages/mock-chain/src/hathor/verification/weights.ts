/** Minimum weights and block rewards (the reference's difficulty adjustment algorithm). */
import { encodeVertex } from '@sluice/hathor/codec';
import type { Transaction } from '@sluice/hathor/codec';
import type { DagVertex } from '../dag/dag-vertex.js';
import { isAuthority } from '../dag/vertex-tokens.js';
import type { ChainParameters } from '../network/chain-parameters.js';

/** Blocks needed before the difficulty moves at all. */
const LEAST_WINDOW = 10;
/** How strongly solve times that are off target count. */
const EMPHASIS = 5;

/** The least weight of a block on top of `parent`. */
export function nextBlockWeight(parent: DagVertex, parameters: ChainParameters): number {
  const { minBlockWeight, maxBlockWeight, averageBlockTime: target } = parameters;
  const window = Math.min(2 * parameters.difficultyWindow, parent.height - 1);
  if (window < LEAST_WINDOW) return minBlockWeight;
  const blocks = lastBlocks(parent, window + 1);
  const half = Math.floor(window / 2);
  let solveTimes = 0;
  let work = 0;
  for (let index = half; index < window; index++) {
    const [before, from, to] = [blocks[index - half], blocks[index], blocks[index + 1]];
    if (before === undefined || from === undefined || to === undefined) break;
    const pace = (to.timestamp - before.timestamp) / half;
    const factor = Math.max(1, (half * (pace - target) ** 2) / (2 * target * target) / EMPHASIS);
    solveTimes += factor * (to.timestamp - from.timestamp);
    work += factor * 2 ** to.vertex.weight;
  }
  const weight = Math.log2(work) - Math.log2(solveTimes) + Math.log2(target);
  return Math.min(Math.max(weight, minBlockWeight), maxBlockWeight);
}

/** The least weight of a transaction, by its size and the amount it moves. */
export function minimumTransactionWeight(
  transaction: Transaction,
  parameters: ChainParameters,
): number {
  const amount = transaction.outputs
    .filter((output) => !isAuthority(output))
    .reduce((sum, { value }) => sum + value, 0n);
  const wholeTokens = Math.max(1, Number(amount)) / 100;
  const weight =
    parameters.minTxWeightCoefficient * Math.log2(encodeVertex(transaction).length) +
    4 / (1 + parameters.minTxWeightK / wholeTokens) +
    4;
  return Math.max(weight, parameters.minTxWeight);
}

/** What the outputs of a block at `height` must sum up to. */
export function blockReward(height: number, parameters: ChainParameters): bigint {
  const halvings = Math.max(0, Math.floor((height - 1) / parameters.blocksPerHalving));
  const reward = parameters.initialReward >> BigInt(Math.min(halvings, 64));
  return reward > parameters.minimumReward ? reward : parameters.minimumReward;
}

/** Sum of the rewards of the blocks 1 … `height`. */
export function minedTokens(height: number, parameters: ChainParameters): bigint {
  let sum = 0n;
  for (let done = 0; done < height;) {
    const reward = blockReward(done + 1, parameters);
    const isLast = reward === parameters.minimumReward;
    const end = isLast ? height : Math.min(height, done + parameters.blocksPerHalving);
    sum += reward * BigInt(end - done);
    done = end;
  }
  return sum;
}

/** Oldest first. */
function lastBlocks(head: DagVertex, count: number): DagVertex[] {
  const blocks = [head];
  for (let block = head; blocks.length < count;) blocks.push((block = block.blockParent));
  return blocks.reverse();
}
