import { describe, expect, it } from '@jest/globals';
import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { BasaltMockChain } from './basalt-mock-chain.js';
import { basaltHeaderBytes } from './header-bytes.js';

const ZERO_HASH = `0x${'0'.repeat(64)}` as const;

/** Mines and reorganises by a fixed plan. */
function played(seed: number): BasaltMockChain {
  const chain = new BasaltMockChain({ seed });
  for (let count = 0; count < 30; count++) chain.mine();
  chain.reorg(5);
  chain.mine();
  return chain;
}

describe('BasaltMockChain', () => {
  it('begins with a genesis block of the form a node has', () => {
    expect(new BasaltMockChain({ seed: 1 }).tip).toMatchObject({
      number: 0,
      timestamp: 0,
      parentHash: ZERO_HASH,
      proposer: `0x${'0'.repeat(40)}`,
      gasUsed: 0,
      gasLimit: 100_000_000,
      transactionCount: 0,
    });
  });

  it('is the same on every run of a seed, and another for another seed', () => {
    expect(played(7).tip).toEqual(played(7).tip);
    expect(played(7).tip.hash).not.toBe(played(8).tip.hash);
    expect(new BasaltMockChain({ seed: 1 }).tip).toEqual(new BasaltMockChain({ seed: 2 }).tip);
  });

  it('is one chain: each block names its parent, is later, and stays within its gas', () => {
    const chain = played(3);
    for (let number = 1; number <= chain.tip.number; number++) {
      const [parent, block] = [chain.block(number - 1), chain.block(number)];
      if (parent === undefined || block === undefined) throw new Error(`${number} is missing`);
      expect(block.parentHash).toBe(parent.hash);
      expect(block.timestamp).toBeGreaterThan(parent.timestamp);
      expect(block.gasUsed).toBeLessThanOrEqual(block.gasLimit);
      expect(block.gasUsed).toBe(block.transactionCount * 21_000);
      expect(block.stateRoot === parent.stateRoot).toBe(block.transactionCount === 0);
      expect(chain.block(block.hash)).toBe(block);
    }
  });

  it('hashes headers with BLAKE3', () => {
    const chain = new BasaltMockChain({ seed: 1 });
    const empty = chain.mine({ transactions: 0 });
    const bytes = basaltHeaderBytes({ ...empty, transactionsRoot: ZERO_HASH, chainId: 31_337 });
    expect(bytes).toHaveLength(8 + 3 * 32 + 8 + 20 + 4 + 3 * 8);
    expect(empty.hash).toBe(`0x${bytesToHex(blake3(bytes))}`);
  });

  it('follows a clock that it is given, and never stands still', () => {
    let time = 1_800_000_000_000;
    const chain = new BasaltMockChain({ seed: 1, now: () => time });
    expect(chain.tip.timestamp).toBe(0);
    const times = [chain.mine(), chain.mine()].map(({ timestamp }) => timestamp);
    time += 5000;
    times.push(chain.mine().timestamp);
    time = 0;
    times.push(chain.mine().timestamp);
    expect(times.map((each) => each - 1_800_000_000_000)).toEqual([0, 1, 5000, 5001]);
  });

  it('lets validators take turns', () => {
    const chain = new BasaltMockChain({ seed: 1, validators: 3 });
    const proposers = Array.from({ length: 9 }, () => chain.mine().proposer);
    expect(new Set(proposers).size).toBe(3);
    expect(proposers.slice(3)).toEqual(proposers.slice(0, 6));
  });

  it('abandons a branch for a longer one', () => {
    const chain = new BasaltMockChain({ seed: 1 });
    const old = Array.from({ length: 10 }, () => chain.mine());
    const branch = chain.reorg(3);
    expect(branch.map(({ number }) => number)).toEqual([8, 9, 10, 11]);
    expect(branch[0]?.parentHash).toBe(old[6]?.hash);
    expect(chain.tip).toBe(branch.at(-1));
    for (const { hash, number } of old.slice(7)) {
      expect(chain.block(hash)).toBeUndefined();
      expect(chain.block(number)?.hash).not.toBe(hash);
    }
    expect(() => chain.reorg(12)).toThrow('11 blocks can be replaced');
    expect(() => chain.reorg(0)).toThrow(RangeError);
  });

  it('keeps so many blocks and no more', () => {
    const chain = new BasaltMockChain({ seed: 1, history: 10 });
    const genesis = chain.tip;
    for (let count = 0; count < 100; count++) chain.mine();
    expect(chain.oldest.number).toBe(91);
    expect(chain.block(90)).toBeUndefined();
    expect(chain.block(genesis.hash)).toBeUndefined();
    expect(chain.block(91)?.number).toBe(91);
    expect(() => chain.reorg(10)).toThrow('9 blocks can be replaced');
  });

  it.each([{ validators: 0 }, { history: 0.5 }, { chainId: -1 }])('refuses %j', (options) => {
    expect(() => new BasaltMockChain({ seed: 1, ...options })).toThrow(RangeError);
  });

  it('refuses more transactions than fit', () => {
    expect(() => new BasaltMockChain({ seed: 1 }).mine({ transactions: 4762 })).toThrow(RangeError);
  });
});
