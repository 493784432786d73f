import { describe, expect, it } from '@jest/globals';
import { meetsTarget, vertexId, weightToWork } from '@sluice/hathor/codec';
import { provenHandMade } from '../../../test/support/hand-made.js';
import { recordedChain } from '../../../test/support/recorded-chain.js';
import { minedBlock, templateOf } from '../../../test/support/miner.js';

describe('a block template', () => {
  it('hathor §7.88 after genesis: one template, versions 0 and 3, reward 6400, height 1', () => {
    const { chain } = recordedChain(0, { network: 'unittests', startTime: 1_600_000_000 });
    const [genesis, first, second] = [...chain.vertices()];
    expect(chain.node.templates()).toEqual([
      {
        versions: [0, 3],
        reward: 6400n,
        weight: 2,
        timestamp_now: 1_600_000_000,
        timestamp_min: (genesis?.timestamp ?? 0) + 3,
        timestamp_max: 1_600_000_300,
        parents: [genesis?.hash, ...[first?.hash, second?.hash].sort()],
        parents_any: [],
        height: 1,
        // The genesis block's own work, 2^2, and that of the block.
        score: 8n,
        signal_bits: 0,
      },
    ]);
  });

  it('hathor §7.89 after 100 blocks: time bounds around the last one, height 101, the score that follows', () => {
    const { chain } = recordedChain(0, { network: 'unittests', maxBlockWeight: 2 });
    for (let left = 100; left > 0; left--) {
      chain.mineBlock();
      chain.advance(64);
    }
    const { timestamp, hash } = chain.best;
    const template = templateOf(chain);
    expect(template).toMatchObject({
      parents: [hash, expect.anything(), expect.anything()],
      timestamp_min: timestamp + 1,
      timestamp_max: Math.floor(chain.time) + 300,
      height: 101,
      // 100 blocks, genesis with its two transactions, and the one to come, with 4 hashes each.
      score: 4n * 104n,
    });
    chain.advance(10_000);
    expect(templateOf(chain)).toMatchObject({
      timestamp_now: Math.floor(chain.time),
      timestamp_max: timestamp + 4499,
    });
  });

  it('hathor §7.91 every genesis vertex has its id from its bytes, below its target', () => {
    for (const network of ['mainnet', 'testnet-india', 'privatenet', 'unittests'] as const) {
      const { chain } = recordedChain(0, { network });
      for (const { hash, weight } of chain.vertices()) {
        const vertex = chain.decoded(hash);
        expect(vertex && vertexId(vertex)).toBe(hash);
        expect(meetsTarget(hash, weight)).toBe(true);
      }
    }
  });

  it('hathor §7.87 has the signal bits of the features whose period the height is in', () => {
    const signalling = [
      { bit: 0, from: 2, until: 5 },
      { bit: 2, from: 4, until: 6 },
    ];
    const { chain } = recordedChain(0, { signalling });
    const bits = [];
    for (let height = 1; height <= 6; height++) {
      bits.push(templateOf(chain).signal_bits);
      chain.mineBlock();
      expect(chain.best.signal_bits).toBe(bits.at(-1));
    }
    expect(bits).toEqual([0, 1, 1, 5, 4, 0]);
  });

  it('has the weight, the reward and the score of the difficulty and the schedule', () => {
    const { chain } = recordedChain(40, { blocksPerHalving: 20, maxBlockWeight: 7 });
    const before = templateOf(chain);
    chain.submitBlock(minedBlock(before));
    const { weight, reward, score, height } = templateOf(chain);
    expect([height, reward]).toEqual([42, 1600n]);
    expect(weight).toBeGreaterThan(4);
    expect(score).toBe(before.score + weightToWork(weight));
  });

  it.each(['privatenet', 'unittests'] as const)('is what %s asks of the next block', (network) => {
    const { chain } = recordedChain(0, { network, maxBlockWeight: 6 });
    for (let left = 60; left > 0; left--) {
      chain.advance(left);
      const template = templateOf(chain);
      expect(chain.submitBlock(minedBlock(template))).toBe('accepted');
      expect(chain.height).toBe(template.height);
    }
  });

  it('leaves nothing out at its latest time either', () => {
    const { chain } = recordedChain(1);
    chain.advance(100);
    const { timestamp_max: timestamp, ...template } = templateOf(chain);
    const block = minedBlock({ ...template, timestamp_max: timestamp }, { timestamp });
    expect(chain.submitBlock(block)).toBe('accepted');
  });
});

describe('the parents in a template', () => {
  const parentsOf = (chain: ReturnType<typeof recordedChain>['chain']) => {
    const { parents, parents_any } = templateOf(chain);
    return [parents.slice(1), parents_any];
  };

  it('are the two newest confirmed transactions while the mempool is empty', () => {
    const { chain } = recordedChain(3);
    const older = chain.transfer().hash;
    chain.advance(1);
    chain.mineBlock();
    const newer = chain.transfer().hash;
    chain.advance(1);
    chain.mineBlock();
    expect(chain.mempool).toEqual([]);
    expect(parentsOf(chain)).toEqual([[older, newer].sort(), []]);
  });

  it('are the only tip and what it builds upon', () => {
    const { chain } = recordedChain(3);
    const confirmed = chain.transfer().hash;
    chain.mineBlock();
    const tip = chain.transfer().hash;
    expect(parentsOf(chain)).toEqual([[tip, confirmed], []]);
  });

  it('are both tips if there are two, and any of them if there are more', () => {
    const { chain } = recordedChain(6);
    const tips: string[] = [];
    const addTip = () => {
      const height = tips.length + 1;
      const output = { txId: chain.blockAt(height)?.hash ?? '', index: 0, value: 6400 };
      tips.push(chain.addVertex(provenHandMade(chain, { ...output, key: height - 1 })).hash);
      return [...tips].sort();
    };
    addTip();
    expect(addTip()).toHaveLength(2);
    expect(parentsOf(chain)).toEqual([[...tips].sort(), []]);
    const three = addTip();
    expect(parentsOf(chain)).toEqual([[], three]);
    const four = addTip();
    expect(parentsOf(chain)).toEqual([[], four]);
    expect(templateOf(chain).timestamp_min).toBe(newestOf(tips) + 1);

    function newestOf(hashes: readonly string[]): number {
      return Math.max(...hashes.map((hash) => chain.vertex(hash)?.timestamp ?? 0));
    }
  });

  it('are never too new for a block on the best one', () => {
    const { chain } = recordedChain(3);
    const { timestamp } = chain.best;
    const confirmed = parentsOf(chain);
    chain.advance(4500);
    chain.transfer();
    expect(chain.mempool[0]?.timestamp).toBeGreaterThanOrEqual(timestamp + 4499);
    expect(parentsOf(chain)).toEqual(confirmed);
    expect(chain.submitBlock(minedBlock(templateOf(chain)))).toBe('accepted');
  });

  it('on a block that is not the best one are those that it builds upon', () => {
    const { chain } = recordedChain(3);
    const [, ...confirmed] = templateOf(chain).parents;
    const left = minedBlock(templateOf(chain));
    chain.submitBlock(left);
    chain.transfer();
    chain.reorg({ depth: 1 });
    expect(chain.vertex(left.id)?.metadata.voided_by).toEqual([left.id]);
    expect(chain.node.templateOn(left)).toMatchObject({
      parents: [left.id, ...confirmed],
      parents_any: [],
      height: 5,
    });
  });
});
