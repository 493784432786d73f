import { describe, expect, it } from '@jest/globals';
import { encodeVertex } from '@sluice/hathor/codec';
import type { Transaction } from '@sluice/hathor/codec';
import { recordedChain } from '../../../test/support/recorded-chain.js';
import { chainParameters } from '../network/chain-parameters.js';
import { blockReward, minedTokens, minimumTransactionWeight } from './weights.js';

describe('the difficulty', () => {
  const pace = (seconds: number) => {
    const { chain } = recordedChain(0, { minBlockWeight: 4, maxBlockWeight: 9 });
    return Array.from({ length: 40 }, () => {
      chain.advance(seconds);
      return chain.mineBlock().weight;
    });
  };

  it('does not move for the first eleven blocks', () => {
    expect(new Set(pace(1).slice(0, 11))).toEqual(new Set([4]));
  });

  it('rises when blocks come faster than the network aims at, up to the limit', () => {
    expect(pace(1).at(-1)).toBe(9);
    expect(pace(20).at(-1)).toBeGreaterThan(4);
  });

  it('stays at the minimum when they come slower', () => {
    expect(new Set(pace(60))).toEqual(new Set([4]));
  });
});

describe('the least weight of a transaction', () => {
  it("counts size and amount by the public networks' formula", () => {
    const { chain } = recordedChain(3);
    const transaction = chain.decoded(chain.transfer({ amount: 1000n }).hash) as Transaction;
    const formula = { minTxWeight: 14, minTxWeightCoefficient: 1.6, minTxWeightK: 100 };
    const size = encodeVertex(transaction).length;
    expect(minimumTransactionWeight(transaction, chainParameters('mainnet', formula))).toBeCloseTo(
      1.6 * Math.log2(size) + 4 / (1 + 100 / 64) + 4,
      12,
    );
  });

  it('never goes below the minimum', () => {
    const { chain } = recordedChain(3, { minTxWeight: 7 });
    const transaction = chain.decoded(chain.transfer().hash) as Transaction;
    expect(minimumTransactionWeight(transaction, chain.parameters)).toBe(7);
    expect(transaction.weight).toBe(8);
  });
});

describe('the reward', () => {
  it.each([
    [1, 6400n],
    [1_051_200, 6400n],
    [1_051_201, 3200n],
    [2_102_401, 1600n],
    [3_153_601, 800n],
    [100_000_000, 800n],
  ])('of block %d is %d', (height, reward) => {
    expect(blockReward(height, chainParameters('privatenet'))).toBe(reward);
  });

  it.each([
    [0, 0n],
    [1, 6400n],
    [20, 20n * 6400n],
    [21, 20n * 6400n + 3200n],
    [60, 20n * (6400n + 3200n + 1600n)],
    [1_000_000, 20n * (6400n + 3200n + 1600n) + 999_940n * 800n],
  ])('of the blocks up to %d sums up to %d', (height, sum) => {
    expect(minedTokens(height, chainParameters('privatenet', { blocksPerHalving: 20 }))).toBe(sum);
  });
});
