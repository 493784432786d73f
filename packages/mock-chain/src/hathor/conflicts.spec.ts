import { describe, expect, it } from '@jest/globals';
import { provenHandMade } from '../../test/support/hand-made.js';
import { brief, recordedChain } from '../../test/support/recorded-chain.js';
import type { HathorMockChain } from './hathor-mock-chain.js';

function voidedBy(chain: HathorMockChain, hash: string): readonly string[] | undefined {
  return chain.vertex(hash)?.metadata.voided_by;
}

/** A transaction that spends the first two rewards, and a lighter one that spends only the first of them. */
function rivalsForFirstReward(chain: HathorMockChain) {
  const rewards = [1, 2].map((height) => chain.blockAt(height)?.hash ?? '');
  const winner = chain.transfer({ weight: 12, amount: 12_000n });
  const output = { txId: rewards[0] ?? '', index: 0, value: 6400, key: 0 };
  const rival = chain.addVertex(provenHandMade(chain, output));
  return { winner, rival, rewards };
}

describe('double spends', () => {
  it('lose with less weight and list all spenders of the output (7.80)', () => {
    const { chain, events } = recordedChain(3);
    const first = chain.transfer();
    const block = first.inputs[0]?.tx_id ?? '';
    events.length = 0;
    const second = chain.doubleSpend({ of: first.hash });
    expect(brief(events)).toEqual([
      ['vertex.metadata-changed', second.hash],
      ['vertex.metadata-changed', first.hash],
      ['vertex.metadata-changed', block],
      ['vertex.accepted', second.hash],
    ]);
    expect(voidedBy(chain, second.hash)).toEqual([second.hash]);
    expect(voidedBy(chain, first.hash)).toEqual([]);
    expect(chain.vertex(block)?.metadata.spent_outputs).toEqual([
      { index: 0, tx_ids: [first.hash, second.hash] },
    ]);
    expect(chain.vertex(first.hash)?.metadata.twins).toEqual([]);
  });

  it('win with more weight and void what was built upon the loser', () => {
    const { chain } = recordedChain(3);
    const first = chain.transfer({ amount: 6400n });
    const child = chain.transfer({ amount: 6400n });
    const second = chain.doubleSpend({ of: first.hash, weight: 12 });
    expect(voidedBy(chain, second.hash)).toEqual([]);
    expect(voidedBy(chain, first.hash)).toEqual([first.hash]);
    expect(voidedBy(chain, child.hash)).toEqual([first.hash]);
    expect(chain.mempool.map(({ hash }) => hash)).toEqual([second.hash]);
  });

  it('void each other with equal weight', () => {
    const { chain } = recordedChain(3);
    const first = chain.transfer({ weight: 11 });
    const second = chain.doubleSpend({ of: first.hash, weight: 11 });
    expect(voidedBy(chain, first.hash)).toEqual([first.hash]);
    expect(voidedBy(chain, second.hash)).toEqual([second.hash]);
    expect(chain.mempool).toEqual([]);
  });

  it('are counted with the work built upon them', () => {
    const { chain } = recordedChain(4);
    const first = chain.transfer({ weight: 9, amount: 6400n });
    chain.transfer({ weight: 9, amount: 6400n });
    const second = chain.doubleSpend({ of: first.hash, weight: 9.5 });
    expect(voidedBy(chain, second.hash)).toEqual([second.hash]);
    expect(chain.vertex(first.hash)?.metadata.accumulated_weight_raw).toBe('1024');
  });

  it('cannot win against a confirmed transaction', () => {
    const { chain } = recordedChain(3);
    const first = chain.transfer();
    chain.mineBlock();
    const second = chain.doubleSpend({ of: first.hash, weight: 14 });
    expect(voidedBy(chain, second.hash)).toEqual([second.hash]);
    const best = chain.best.hash;
    const block = chain.mineBlock({ confirm: second.hash });
    expect(block.metadata.voided_by).toEqual(expect.arrayContaining([block.hash, second.hash]));
    expect(chain.best.hash).toBe(best);
  });

  it('win when a block confirms them first', () => {
    const { chain, events } = recordedChain(3);
    const first = chain.transfer();
    chain.advance(1);
    const twin = chain.doubleSpend({ of: first.hash, twin: true });
    expect(twin.metadata.twins).toEqual([first.hash]);
    events.length = 0;
    const block = chain.mineBlock({ confirm: twin.hash });
    expect(brief(events)).toEqual([
      ['vertex.metadata-changed', first.hash],
      ['vertex.metadata-changed', block.hash],
      ['vertex.metadata-changed', twin.hash],
      ['vertex.accepted', block.hash],
    ]);
    expect(voidedBy(chain, first.hash)).toEqual([first.hash]);
    expect(chain.vertex(twin.hash)?.metadata).toMatchObject({
      voided_by: [],
      first_block: block.hash,
    });
  });

  it('are decided by the branch that wins, and once more when the old one comes back', () => {
    const { chain, events } = recordedChain(3);
    const common = chain.best.hash;
    const first = chain.transfer();
    const old = chain.mineBlock();
    const second = chain.doubleSpend({ of: first.hash });
    const rival = chain.mineBlock({ parent: common, confirm: second.hash, weight: 4 });
    expect(voidedBy(chain, rival.hash)).toEqual(expect.arrayContaining([rival.hash, second.hash]));
    expect(voidedBy(chain, first.hash)).toEqual([]);

    events.length = 0;
    const taken = chain.reorg({ to: rival.hash });
    expect(chain.best.hash).toBe(taken.hash);
    expect(events[0]?.data).toMatchObject({ reorg_size: 1, previous_best_block: old.hash });
    expect(voidedBy(chain, first.hash)).toEqual([first.hash]);
    expect(chain.vertex(first.hash)?.metadata.first_block).toBeNull();
    expect(chain.vertex(second.hash)?.metadata).toMatchObject({
      voided_by: [],
      first_block: rival.hash,
    });

    const back = chain.reorg({ to: old.hash });
    expect([chain.best.hash, back.parents[0]]).toEqual([back.hash, old.hash]);
    expect(chain.vertex(first.hash)?.metadata).toMatchObject({
      voided_by: [],
      first_block: old.hash,
    });
    expect(voidedBy(chain, second.hash)).toEqual([second.hash]);
    expect(chain.vertex(second.hash)?.metadata.first_block).toBeNull();
    expect([old, back].flatMap(({ hash }) => voidedBy(chain, hash))).toEqual([]);
    expect(voidedBy(chain, rival.hash)).toEqual(expect.arrayContaining([rival.hash, second.hash]));
  });

  it('are won by a branch only with more work than stands behind the rival', () => {
    const { chain } = recordedChain(3);
    const common = chain.best.hash;
    const first = chain.transfer({ weight: 12 });
    const old = chain.mineBlock();
    const second = chain.doubleSpend({ of: first.hash });
    let side = chain.mineBlock({ parent: common, weight: 12.5 });
    expect(chain.best.hash).toBe(side.hash);
    // The mempool has it again, unvoided: nobody else confirms it.
    expect(voidedBy(chain, first.hash)).toEqual([]);
    side = chain.mineBlock({ parent: side.hash, confirm: second.hash, weight: 5 });
    expect(voidedBy(chain, side.hash)).toEqual(expect.arrayContaining([second.hash]));
    expect(voidedBy(chain, first.hash)).toEqual([]);
    expect(chain.reorg({ to: old.hash }).parents[0]).toBe(old.hash);
    expect(chain.vertex(first.hash)?.metadata.first_block).toBe(old.hash);
  });

  it('stay lost when a reorg voids the winner, as in the reference', () => {
    const { chain } = recordedChain(3);
    const { winner, rival, rewards } = rivalsForFirstReward(chain);
    expect(voidedBy(chain, rival.hash)).toEqual([rival.hash]);
    chain.mineBlock({ parent: rewards[0] ?? '', weight: 12 });
    expect(voidedBy(chain, winner.hash)).toEqual(expect.arrayContaining([winner.hash, rewards[1]]));
    expect(voidedBy(chain, rival.hash)).toEqual([rival.hash]);
  });

  it('get their chance back when the winner leaves the mempool', () => {
    const { chain } = recordedChain(4, { rewardSpendMinBlocks: 2 });
    const { winner, rival, rewards } = rivalsForFirstReward(chain);
    chain.mineBlock({ parent: rewards[1] ?? '', weight: 12 });
    expect(chain.vertex(winner.hash)).toBeUndefined();
    expect(chain.vertex(rival.hash)?.metadata).toMatchObject({ voided_by: [], conflict_with: [] });
    expect(chain.mempool.map(({ hash }) => hash)).toEqual([rival.hash]);
  });

  it('leave the mempool together when the reward that they spend is locked again', () => {
    const { chain, events } = recordedChain(4, { rewardSpendMinBlocks: 3 });
    const reward = chain.blockAt(1)?.hash ?? '';
    const winner = chain.transfer({ amount: 6400n });
    const loser = chain.doubleSpend({ of: winner.hash });
    const child = chain.transfer({ amount: 6400n });
    chain.mineBlock({ parent: chain.blockAt(2)?.hash ?? '', weight: 12 });
    const removed = events.filter(({ type }) => type === 'vertex.removed');
    expect(
      brief(removed)
        .map(([, hash]) => hash)
        .sort(),
    ).toEqual([winner.hash, loser.hash, child.hash].sort());
    expect(chain.vertex(reward)?.metadata.spent_outputs).toEqual([{ index: 0, tx_ids: [] }]);
  });

  it('can be made of what the genesis wallet paid, and give it to the genesis wallet', () => {
    const { chain } = recordedChain(3);
    const before = chain.genesisWallet.balance();
    const { hash } = chain.payFromGenesis({ amount: 500n });
    expect(chain.genesisWallet.balance()).toBe(before - 500n);
    chain.doubleSpend({ of: hash, weight: 14 });
    expect(voidedBy(chain, hash)).toEqual([hash]);
    expect(chain.genesisWallet.balance()).toBe(before);
  });

  it('are refused for what no wallet of the chain owns', () => {
    const { chain } = recordedChain(3);
    const { hash: txId, outputs } = chain.transfer({ script: Uint8Array.of(0x51) });
    const index = outputs.findIndex(({ decoded }) => !('address' in decoded));
    const { hash } = chain.redeem({ txId, index, data: new Uint8Array() });
    expect(() => chain.doubleSpend({ of: hash })).toThrow(RangeError);
    expect(() => chain.doubleSpend({ of: 'ff'.repeat(32) })).toThrow(RangeError);
  });
});
