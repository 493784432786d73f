import { decodeAuxPow, encodeAuxPow, MAX_BLOCK_DATA_SIZE } from '@sluice/hathor/codec';
import type { Block } from '@sluice/hathor/codec';
import type { DagVertex } from '../dag/dag-vertex.js';
import { MAX_SIGNAL_BITS, WEIGHT_TOLERANCE } from '../network/chain-parameters.js';
import { latestChildTime } from './block-time.js';
import { knownParents } from './verification-context.js';
import type { VerificationContext } from './verification-context.js';
import { inCodecTerms, requireRule } from './vertex-rejected.error.js';
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
  const height = parent.height + 1;
  verifyReward(block, blockReward(height, parameters));
  requireRule(
    parents.every(({ minHeight }) => minHeight <= height),
    'REWARD_LOCK',
    () => `a transaction spends a reward that is locked at height ${height}`,
  );
  requireRule(
    block.data.length <= MAX_BLOCK_DATA_SIZE,
    'DATA',
    () => `${block.data.length} bytes of data, limit ${MAX_BLOCK_DATA_SIZE}`,
  );
  requireRule(
    block.signalBits < 1 << MAX_SIGNAL_BITS,
    'SIGNAL_BITS',
    () => `unknown signal bits ${block.signalBits}`,
  );
  // A block need not have come through the decoder, which knows these rules.
  if (block.version === 3) inCodecTerms(() => decodeAuxPow(encodeAuxPow(block.auxPow)));
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
