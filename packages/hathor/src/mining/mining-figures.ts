import type { MiningInfo } from '../chain/hathor-mining-chain.js';

/** Time between two blocks, seconds. The node takes this one here also where blocks come faster. */
const BLOCK_TIME = 30;

/** log2 of the expected number of hashes for Bitcoin's pool difficulty 1. */
const WEIGHT_OF_DIFFICULTY_1 = 32;

/**
 * The answer of `GET getmininginfo`.
 *
 * @param weight of the block that is mined next.
 */
export function miningFigures(
  { height, weight: bestWeight, mined_tokens }: MiningInfo,
  weight: number,
): object {
  return {
    hashrate: 2 ** (bestWeight - Math.log2(BLOCK_TIME)),
    difficulty: Math.max(Math.floor(2 ** (weight - WEIGHT_OF_DIFFICULTY_1)), 1),
    blocks: height,
    mined_tokens,
    success: true,
  };
}
