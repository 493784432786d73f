import type { Block } from '@sluice/hathor/codec';
import type { DagVertex } from '../dag/dag-vertex.js';
import { MAX_BLOCK_DATA, MAX_SIGNAL_BITS, WEIGHT_TOLERANCE } from '../network/chain-parameters.js';
import { latestChildTime } from './block-time.js';
import { knownParents } from './verification-context.js';
import type { VerificationContext } from './verification-context.js';
import { requireRule } from './vertex-rejected.error.js';
import { blockReward, nextBlockWeight } from './weights.js';

const PARENT_KINDS = ['block', 'transaction', 'transaction'] as const;

/**
 * The block's parents, if the block keeps the rules.
 *
 * @throws VertexRejectedError
 */
export function verifyBlock(block: Block, context: VerificationContext): readonly DagVertex[] {
  const { parameters } = context;
  const parents = knownParents(block.parents, PARENT_KINDS, block.timestamp, context);
  const [parent] = parents;
  requireRule(parent !== undefined, 'PARENTS', () => 'no block parent');
  requireRule(
    block.timestamp <= latestChildTime(parent),
    'TIMESTAMP',
    () => `${block.timestamp - parent.timestamp} s after the parent block`,
  );
  const least = nextBlockWeight(parent, parameters);
  requireRule(
    block.weight >= least - WEIGHT_TOLERANCE,
    'WEIGHT',
    () => `weight ${block.weight} is below ${least}`,
  );
  verifyReward(block, blockReward(parent.height + 1, parameters));
  requireRule(
    block.data.length <= MAX_BLOCK_DATA,
    'DATA',
    () => `${block.data.length} bytes of data`,
  );
  requireRule(
    block.signalBits < 1 << MAX_SIGNAL_BITS,
    'DATA',
    () => `unknown signal bits ${block.signalBits}`,
  );
  return parents;
}

function verifyReward({ outputs }: Block, reward: bigint): void {
  requireRule(
    outputs.every(({ tokenData }) => tokenData === 0),
    'OUTPUTS',
    () => 'a block pays in HTR only',
  );
  const sum = outputs.reduce((total, { value }) => total + value, 0n);
  requireRule(sum === reward, 'REWARD', () => `outputs are ${sum}, the reward is ${reward}`);
}
