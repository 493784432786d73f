import { describe, expect, it } from '@jest/globals';
import { brief, recordedChain } from '../../test/support/recorded-chain.js';
import { HathorMockChain } from './hathor-mock-chain.js';

const HTR_REWARD = 6400n;

describe('a new chain', () => {
  it('offers the genesis block and the two genesis transactions for the load phase (7.74)', () => {
    const { chain } = recordedChain(0);
    expect(Array.from(chain.vertices(), ({ version, parents }) => [version, parents])).toEqual([
      [0, []],
      [1, []],
      [1, []],
    ]);
    expect([chain.height, chain.size, chain.mempool]).toEqual([0, 3, []]);
  });

  it('has a genesis of its own on every network, whatever the seed', () => {
    const genesis = (network: 'privatenet' | 'mainnet' | 'unittests', seed: number) =>
      new HathorMockChain({ seed, network }).best.hash;
    expect(genesis('privatenet', 1)).toBe(genesis('privatenet', 2));
    expect(
      new Set([genesis('privatenet', 1), genesis('mainnet', 1), genesis('unittests', 1)]).size,
    ).toBe(3);
  });

  it('writes addresses in the form of its network', () => {
    const first = (network: 'privatenet' | 'mainnet') =>
      new HathorMockChain({ seed: 1, network }).wallet.addressAt(0);
    expect(first('privatenet')).toMatch(/^W/);
    expect(first('mainnet')).toMatch(/^H/);
  });

  it('refuses a seed that is no integer', () => {
    expect(() => new HathorMockChain({ seed: 0.5 })).toThrow(RangeError);
  });
});

describe('listeners', () => {
  it('hear nothing after they left', () => {
    const { chain } = recordedChain(0);
    let heard = 0;
    const leave = chain.on(() => heard++);
    chain.mineBlock();
    leave();
    const before = heard;
    chain.mineBlock();
    expect(heard).toBe(before);
    expect(before).toBeGreaterThan(0);
  });

  it('see the chain as the event leaves it and must not change it', () => {
    const { chain } = recordedChain(1);
    const heights: number[] = [];
    const leave = chain.on(() => heights.push(chain.height));
    chain.mineBlock();
    leave();
    expect(new Set(heights)).toEqual(new Set([2]));
    chain.on(() => {
      chain.mineBlock();
    });
    expect(() => chain.mineBlock()).toThrow('a listener must not change the chain');
  });
});

describe('blocks', () => {
  it('pay the reward to the wallet, halved in time, down to the minimum', () => {
    const { chain } = recordedChain(2, { blocksPerHalving: 2 });
    expect(chain.wallet.balance()).toBe(2n * HTR_REWARD);
    const rewards = Array.from({ length: 8 }, () => chain.mineBlock().outputs[0]?.value);
    expect(rewards).toEqual([3200, 3200, 1600, 1600, 800, 800, 800, 800]);
  });

  it('confirm what is in the mempool', () => {
    const { chain, events } = recordedChain(3);
    const transfer = chain.transfer();
    expect(chain.mempool.map(({ hash }) => hash)).toEqual([transfer.hash]);
    events.length = 0;
    const block = chain.mineBlock();
    expect(chain.mempool).toEqual([]);
    expect(brief(events)).toEqual([
      ['vertex.metadata-changed', block.hash],
      ['vertex.metadata-changed', transfer.hash],
      ['vertex.accepted', block.hash],
    ]);
    expect(chain.vertex(transfer.hash)?.metadata.first_block).toBe(block.hash);
  });

  it('get harder when they come too fast, within the limits', () => {
    const { chain } = recordedChain(11, { minBlockWeight: 3, maxBlockWeight: 5 });
    expect(chain.best.weight).toBe(3);
    const weights = Array.from({ length: 20 }, () => chain.mineBlock().weight);
    expect(Math.max(...weights)).toBe(5);
  });
});

describe('reorgs', () => {
  it('announce a heavier block that replaces the last two of ten (7.77)', () => {
    const { chain, events } = recordedChain(10);
    const [old9, old10, common] = [9, 10, 8].map((height) => chain.blockAt(height)?.hash ?? '');
    const block = chain.mineBlock({ parent: common ?? '', weight: 8 });
    expect(brief(events)).toEqual([
      ['reorg.started'],
      ['vertex.metadata-changed', old10],
      ['vertex.metadata-changed', old9],
      ['vertex.metadata-changed', block.hash],
      ['reorg.finished'],
      ['vertex.accepted', block.hash],
    ]);
    expect(events[0]?.data).toEqual({
      reorg_size: 2,
      previous_best_block: old10,
      new_best_block: block.hash,
      common_block: common,
    });
    expect([chain.height, chain.best.hash]).toEqual([9, block.hash]);
  });

  it('are made to measure', () => {
    const { chain, events } = recordedChain(6);
    chain.transfer();
    chain.mineBlock();
    const best = chain.reorg({ depth: 3 });
    expect(events.find(({ type }) => type === 'reorg.started')?.data).toMatchObject({
      reorg_size: 3,
    });
    expect(chain.best.hash).toBe(best.hash);
    expect(chain.height).toBe(7);
  });

  it('put confirmed transactions back into the mempool', () => {
    const { chain } = recordedChain(6);
    const { hash } = chain.transfer();
    chain.mineBlock();
    chain.reorg();
    expect(chain.mempool.map((vertex) => vertex.hash)).toEqual([hash]);
    chain.mineBlock();
    expect(chain.mempool).toEqual([]);
  });

  it('void what spends an abandoned reward, and bring it back with the block', () => {
    const { chain } = recordedChain(3);
    const abandoned = chain.blockAt(2)?.hash ?? '';
    chain.transfer({ amount: 2n * HTR_REWARD - 1n });
    const spender = chain.mempool[0]?.hash ?? '';
    chain.reorg({ depth: 2 });
    expect(chain.vertex(spender)?.metadata.voided_by).toEqual([abandoned]);
    const loser = chain.vertex(abandoned);
    expect(loser?.metadata.voided_by).toEqual([abandoned]);
    chain.mineBlock({ parent: abandoned, weight: 12 });
    expect(chain.vertex(spender)?.metadata.voided_by).toEqual([]);
  });

  it('are refused below genesis', () => {
    const { chain } = recordedChain(2);
    expect(() => chain.reorg({ depth: 3 })).toThrow(RangeError);
    expect(() => chain.reorg({ depth: 0 })).toThrow(RangeError);
  });
});

describe('tokens', () => {
  it('are announced once, right after their transaction (7.76)', () => {
    const { chain, events } = recordedChain(3);
    const { hash, tokens } = chain.createToken({ name: 'Sluice', symbol: 'SLU', amount: 12_345n });
    expect(tokens).toEqual([hash]);
    expect(events.slice(-2)).toEqual([
      expect.objectContaining({ type: 'vertex.accepted' }),
      {
        type: 'token.created',
        time: chain.time,
        data: {
          token_uid: hash,
          nc_exec_info: null,
          token_name: 'Sluice',
          token_symbol: 'SLU',
          token_version: 1,
        },
      },
    ]);
    expect(chain.wallet.balance(hash)).toBe(12_345n);
    expect(chain.wallet.balance()).toBe(3n * HTR_REWARD - 124n);
  });

  it('can be sent, and show the uid in the spending transaction', () => {
    const { chain } = recordedChain(3);
    const token = chain.createToken({ name: 'Sluice', symbol: 'SLU', amount: 500n }).hash;
    const { tokens, inputs, outputs } = chain.transfer({ token, amount: 20n });
    expect(tokens).toEqual([token]);
    expect(inputs[0]?.spent_output).toMatchObject({ value: 500, token_data: 1 });
    expect(outputs.map(({ value, token_data: data }) => [value, data])).toEqual([
      [480, 1],
      [20, 1],
    ]);
  });
});
