import { describe, expect, it } from '@jest/globals';
import { decodeVertex } from '@sluice/hathor/codec';
import type { HistoryVertex } from '@sluice/hathor';
import fc from 'fast-check';
import { chainActions, lightChain, perform } from '../../../test/support/chain-actions.js';
import type { HathorMockChain } from '../hathor-mock-chain.js';

/** A chain with rewards to spend. */
function youngChain(): HathorMockChain {
  const chain = lightChain(1);
  for (let blocks = 3; blocks > 0; blocks--) chain.mineBlock();
  return chain;
}

const idsOf = (history: Iterable<HistoryVertex>) => Array.from(history, ({ tx_id }) => tx_id);

/** What the indexes should say, by a look at every vertex. */
function scan(chain: HathorMockChain) {
  const all = [...chain.vertices()].sort(
    (a, b) => a.timestamp - b.timestamp || (a.hash < b.hash ? -1 : 1),
  );
  const addressesOf = ({ outputs, inputs }: (typeof all)[number]) =>
    [...outputs, ...inputs.map(({ spent_output }) => spent_output)].flatMap(({ decoded }) =>
      'address' in decoded ? [decoded.address] : [],
    );
  const unspent = new Map<string, bigint>();
  for (const { hash, metadata } of all) {
    const history = chain.node.historyVertex(hash);
    if (history === undefined || metadata.voided_by.length > 0) continue;
    for (const { token, token_data, spent_by, value } of history.outputs) {
      if (token_data >= 128 || spent_by !== null) continue;
      unspent.set(token, (unspent.get(token) ?? 0n) + BigInt(value));
    }
  }
  return {
    unspent,
    ofAddress: (address: string) =>
      all.filter((vertex) => addressesOf(vertex).includes(address)).map(({ hash }) => hash),
    all: all.map(({ hash }) => hash),
  };
}

describe('the view of a node', () => {
  it('agrees with a look at every vertex, whatever happens to the chain', () => {
    fc.assert(
      fc.property(chainActions, (actions) => {
        const chain = lightChain(1);
        for (const action of actions) perform(chain, action);
        const { node, wallet } = chain;
        const truth = scan(chain);
        for (const address of wallet.addresses) {
          expect(idsOf(node.addressHistory(address))).toEqual(truth.ofAddress(address));
          expect(node.isAddressUsed(address)).toBe(truth.ofAddress(address).length > 0);
        }
        for (const { uid } of node.tokens(1000)) {
          expect(BigInt(node.token(uid)?.total ?? -1)).toBe(truth.unspent.get(uid) ?? 0n);
        }
        expect(BigInt(node.token('00')?.total ?? -1)).toBe(truth.unspent.get('00'));
        const { transactions, blocks } = node.dashboard();
        expect(transactions + blocks).toBe(truth.all.length);
      }),
      { numRuns: 40 },
    );
  });

  it('shows a block as wallets know it', () => {
    const chain = youngChain();
    const { hash, parents, timestamp, weight } = chain.best;
    const [address = ''] =
      chain.node.historyVertex(hash)?.outputs.map((o) => o.decoded.address) ?? [];
    expect(chain.node.historyVertex(hash)).toEqual({
      tx_id: hash,
      version: 0,
      weight,
      timestamp,
      is_voided: false,
      inputs: [],
      outputs: [
        {
          value: 6400,
          token_data: 0,
          script: expect.any(String),
          decoded: { type: 'P2PKH', address, timelock: null },
          token: '00',
          spent_by: null,
        },
      ],
      parents,
      first_block: null,
      height: 3,
    });
  });

  it('shows everything about a spent output in the input, and the spender in the output', () => {
    const chain = youngChain();
    const { hash, inputs } = chain.transfer({ amount: 10n });
    const [spent] = inputs;
    const shown = chain.node.historyVertex(hash);
    expect(shown?.inputs).toEqual([
      {
        value: 6400,
        token_data: 0,
        script: spent?.spent_output.script,
        decoded: spent?.spent_output.decoded,
        token: '00',
        type: 'transparent',
        tx_id: spent?.tx_id,
        index: 0,
      },
    ]);
    expect(chain.node.historyVertex(spent?.tx_id ?? '')?.outputs[0]?.spent_by).toBe(hash);
    expect(shown).not.toHaveProperty('height');
    expect(shown).not.toHaveProperty('tokens');
    expect(shown?.first_block).toBeNull();
    chain.mineBlock();
    expect(chain.node.historyVertex(hash)?.first_block).toBe(chain.best.hash);
  });

  it('names the token in each output of its creation, and lists its authorities', () => {
    const chain = youngChain();
    const { hash } = chain.createToken({ name: 'View', symbol: 'VW', amount: 500n });
    const shown = chain.node.historyVertex(hash);
    expect(shown).toMatchObject({ token_name: 'View', token_symbol: 'VW', tokens: [] });
    expect(shown?.outputs.map(({ token }) => token)).toEqual(['00', hash, hash, hash]);
    expect(chain.node.token(hash)).toEqual({
      name: 'View',
      symbol: 'VW',
      version: 1,
      mint: [{ tx_id: hash, index: 2 }],
      melt: [{ tx_id: hash, index: 3 }],
      can_mint: true,
      can_melt: true,
      total: 500,
      transactions_count: 1,
    });
    expect(chain.node.tokens(10)).toEqual([{ uid: hash, name: 'View', symbol: 'VW', version: 1 }]);
  });

  it('gives the spent output back when the spender is voided, and forgets a voided token', () => {
    const chain = youngChain();
    const { hash, inputs } = chain.createToken({ name: 'View', symbol: 'VW', amount: 500n });
    chain.advance(1);
    const rival = chain.doubleSpend({ of: hash, twin: false });
    chain.mineBlock({ confirm: rival.hash });
    expect(chain.node.historyVertex(hash)?.is_voided).toBe(true);
    const [spent] = inputs;
    expect(chain.node.historyVertex(spent?.tx_id ?? '')?.outputs[0]?.spent_by).toBe(rival.hash);
    expect(chain.node.token(hash)).toBeUndefined();
    expect(chain.node.tokens(10)).toEqual([]);
  });

  it('continues an address behind any vertex', () => {
    const chain = youngChain();
    for (let left = 5; left > 0; left--) chain.transfer({ to: chain.wallet.addressAt(0) });
    const all = idsOf(chain.node.addressHistory(chain.wallet.addressAt(0)));
    expect(all.length).toBeGreaterThanOrEqual(5);
    expect(idsOf(chain.node.addressHistory(chain.wallet.addressAt(0), all[1]))).toEqual(
      all.slice(2),
    );
  });

  it('estimates the hash rate from the block accepted last, whether or not it is the best one', () => {
    const chain = youngChain();
    const rate = () => chain.node.dashboard().hash_rate * chain.parameters.averageBlockTime;
    expect(rate()).toBeCloseTo(2 ** chain.best.weight);
    const best = chain.mineBlock({ weight: 7 });
    expect(rate()).toBeCloseTo(2 ** 7);
    const side = chain.mineBlock({ parent: best.parents[0] ?? '', weight: 3 });
    expect(side.metadata.voided_by).not.toEqual([]);
    expect(rate()).toBeCloseTo(2 ** 3);
    expect(chain.node.dashboard().best_block_height).toBe(4);
  });

  it('has the bytes, the children and the least height of a vertex', () => {
    const chain = youngChain();
    const { hash, inputs } = chain.transfer();
    const reward = chain.vertex(inputs[0]?.tx_id ?? '');
    const block = chain.mineBlock();
    const vertex = chain.node.nodeVertex(hash);
    expect(decodeVertex(vertex?.bytes ?? new Uint8Array())).toEqual(chain.decoded(hash));
    expect(vertex).toMatchObject({
      data: { hash },
      children: [block.hash],
      min_height: (reward?.metadata.height ?? 0) + chain.parameters.rewardSpendMinBlocks + 1,
      first_block_height: 4,
    });
  });

  it('says where the chain stands', () => {
    const chain = youngChain();
    const hashAt = (height: number) => chain.blockAt(height)?.hash;
    expect(chain.node.summary()).toEqual({
      first_timestamp: chain.blockAt(0)?.timestamp,
      latest_timestamp: chain.best.timestamp,
      best_blockchain: [3, 2, 1, 0].map((height) => ({ hash: hashAt(height), height })),
    });
    expect(chain.node.networkSettings()).toMatchObject({
      reward_spend_min_blocks: 1,
      genesis_block_hash: hashAt(0),
    });
  });

  it('gives pages of blocks, of transactions and of a token, newest first', () => {
    const chain = youngChain();
    const { hash } = chain.createToken({ name: 'View', symbol: 'VW', amount: 500n });
    const { vertices, has_more } = chain.node.vertexPage({ of: 'blocks', count: 2 });
    expect(vertices.map(({ height }) => height)).toEqual([3, 2]);
    expect(has_more).toBe(true);
    expect(idsOf(chain.node.vertexPage({ of: 'transactions', count: 1 }).vertices)).toEqual([hash]);
    const ofToken = chain.node.vertexPage({ of: { token: hash }, count: 5 });
    expect([idsOf(ofToken.vertices), ofToken.has_more]).toEqual([[hash], false]);
    expect(chain.node.vertexPage({ of: { token: 'ab'.repeat(32) }, count: 5 }).vertices).toEqual(
      [],
    );
  });
});
