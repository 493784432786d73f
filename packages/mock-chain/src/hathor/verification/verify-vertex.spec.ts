import { describe, expect, it } from '@jest/globals';
import type { RegularBlock, RegularTransaction, Vertex } from '@sluice/hathor/codec';
import { handMade } from '../../../test/support/hand-made.js';
import { recordedChain } from '../../../test/support/recorded-chain.js';
import type { HathorMockChain } from '../hathor-mock-chain.js';
import { prove } from '../mining/proof-of-work.js';
import { VertexRejectedError } from './vertex-rejected.error.js';

const blocks = 4;

/** The code with which the chain refuses a vertex, and proof that nothing has changed. */
function refusal(chain: HathorMockChain, vertex: Vertex): string {
  const size = chain.size;
  try {
    chain.addVertex(vertex);
  } catch (error) {
    if (!(error instanceof VertexRejectedError)) throw error;
    expect(chain.size).toBe(size);
    return error.code;
  }
  return 'accepted';
}

function nextBlock(chain: HathorMockChain, changes: Partial<RegularBlock> = {}): RegularBlock {
  const { best } = chain;
  const block = chain.decoded(best.hash) as RegularBlock;
  const parents = [best.hash, ...best.parents.slice(1)];
  return prove({ ...block, parents, timestamp: best.timestamp + 1, ...changes });
}

function payment(
  chain: HathorMockChain,
  changes: Partial<RegularTransaction> = {},
): RegularTransaction {
  const txId = chain.blockAt(1)?.hash ?? '';
  return prove(handMade(chain, { txId, index: 0, value: 6400, key: 0 }, changes));
}

describe('a block', () => {
  const { chain } = recordedChain(blocks);
  const [output] = chain.decoded(chain.best.hash)?.outputs ?? [];
  if (output === undefined) throw new Error('a block without output');
  const [block = '', first = '', second = ''] = nextBlock(chain).parents;

  it.each<[string, string, Partial<RegularBlock>]>([
    ['PARENTS', 'too few parents', { parents: [block, first] }],
    ['PARENTS', 'the same parent twice', { parents: [block, first, first] }],
    ['PARENTS', 'an unknown parent', { parents: [block, first, 'ff'.repeat(32)] }],
    ['PARENTS', 'a transaction where a block belongs', { parents: [first, block, second] }],
    ['TIMESTAMP', 'a time before its parent', { timestamp: chain.best.timestamp }],
    ['TIMESTAMP', 'a time too far in the future', { timestamp: chain.best.timestamp + 302 }],
    ['WEIGHT', 'too little weight', { weight: 1 }],
    ['REWARD', 'too high a reward', { outputs: [{ ...output, value: 6401n }] }],
    ['OUTPUTS', 'a custom token', { outputs: [{ ...output, tokenData: 1 }] }],
    ['OUTPUTS', 'no outputs', { outputs: [] }],
    ['SIGNAL_BITS', 'unknown signal bits', { signalBits: 16 }],
  ])('is refused as %s with %s', (code, _, changes) => {
    expect(refusal(chain, nextBlock(chain, changes))).toBe(code);
  });

  it('is refused without proof of work, and twice', () => {
    const proven = nextBlock(chain, { weight: 12 });
    expect(refusal(chain, { ...proven, nonce: proven.nonce + 1n })).toBe('PROOF_OF_WORK');
    expect(refusal(chain, proven)).toBe('accepted');
    expect(refusal(chain, proven)).toBe('DUPLICATE');
  });

  it('may not come later than 4499 seconds after its parent', () => {
    chain.advance(10_000);
    const at = (seconds: number) => ({ timestamp: chain.best.timestamp + seconds });
    expect(refusal(chain, nextBlock(chain, at(4500)))).toBe('TIMESTAMP');
    expect(refusal(chain, nextBlock(chain, at(4499)))).toBe('accepted');
  });
});

describe('a transaction', () => {
  const { chain } = recordedChain(blocks);
  const fair = handMade(chain, {
    txId: chain.blockAt(1)?.hash ?? '',
    index: 0,
    value: 6400,
    key: 0,
  });
  const [input] = fair.inputs;
  const [output] = fair.outputs;
  if (input === undefined || output === undefined) throw new Error('an empty transaction');
  const best = { ...input, txId: chain.best.hash };

  it.each<[string, string, Partial<RegularTransaction>]>([
    ['PARENTS', 'one parent', { parents: fair.parents.slice(1) }],
    ['PARENTS', 'a block as parent', { parents: [chain.best.hash, fair.parents[0] ?? ''] }],
    ['WEIGHT', 'too little weight', { weight: 2 }],
    ['INPUTS', 'no inputs', { inputs: [] }],
    ['INPUTS', 'the same input twice', { inputs: [input, input] }],
    ['INPUTS', 'an output that does not exist', { inputs: [{ ...input, index: 3 }] }],
    [
      'TIMESTAMP',
      'a time before what it spends',
      { inputs: [best], timestamp: chain.best.timestamp },
    ],
    ['TOKENS', 'more than it spends', { outputs: [{ ...output, value: 6401n }] }],
    ['TOKENS', 'less than it spends', { outputs: [{ ...output, value: 6399n }] }],
    ['TOKENS', 'authority over HTR', { outputs: [output, { ...output, tokenData: 128 }] }],
    [
      'TOKENS',
      'a token out of nothing',
      { outputs: [output, { ...output, tokenData: 1 }], tokens: ['ab'.repeat(32)] },
    ],
  ])('is refused as %s with %s', (code, _, changes) => {
    expect(refusal(chain, payment(chain, changes))).toBe(code);
  });

  it('is refused when another key signed it', () => {
    const txId = chain.blockAt(1)?.hash ?? '';
    const forged = prove(handMade(chain, { txId, index: 0, value: 6400, key: 1 }));
    expect(refusal(chain, forged)).toBe('SCRIPT');
  });

  it('is refused while the reward that it spends is locked', () => {
    const { chain: locked } = recordedChain(4, { rewardSpendMinBlocks: 4 });
    expect(refusal(locked, payment(locked))).toBe('REWARD_LOCK');
    locked.mineBlock();
    expect(refusal(locked, payment(locked))).toBe('accepted');
  });

  it('made outside the chain is accepted and announced like any other', () => {
    const { chain: own, events } = recordedChain(blocks);
    const { hash } = own.addVertex(payment(own));
    expect(own.mempool.map((vertex) => vertex.hash)).toEqual([hash]);
    expect(events.at(-1)).toMatchObject({ type: 'vertex.accepted', data: { hash } });
    expect(own.wallet.balance()).toBe(BigInt(blocks) * 6400n);
  });
});
