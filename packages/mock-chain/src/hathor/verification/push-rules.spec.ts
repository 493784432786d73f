import { describe, expect, it } from '@jest/globals';
import { encodeVertex, p2pkhScript } from '@sluice/hathor/codec';
import type { RegularTransaction, Vertex } from '@sluice/hathor/codec';
import { handMade, provenHandMade } from '../../../test/support/hand-made.js';
import { recordedChain } from '../../../test/support/recorded-chain.js';
import type { HathorMockChain } from '../hathor-mock-chain.js';
import { prove } from '../mining/proof-of-work.js';
import { VertexRejectedError } from './vertex-rejected.error.js';

/** Code and words with which the chain refuses what a wallet pushes. */
function refusal(chain: HathorMockChain, vertex: Vertex | Uint8Array): [string, string] {
  const { size } = chain;
  try {
    chain.pushTransaction(vertex instanceof Uint8Array ? vertex : encodeVertex(vertex));
  } catch (error) {
    if (!(error instanceof VertexRejectedError)) throw error;
    expect(chain.size).toBe(size);
    return [error.code, error.message];
  }
  return ['accepted', ''];
}

function setUp() {
  const { chain } = recordedChain(4);
  const coin = { txId: chain.blockAt(1)?.hash ?? '', index: 0, value: 6400, key: 0 };
  const pay = (changes: Partial<RegularTransaction> = {}) => provenHandMade(chain, coin, changes);
  return { chain, coin, pay };
}

/** One push and OP_CHECKSIG. */
const dataScript = (text: string) => Uint8Array.from([text.length, ...Buffer.from(text), 0xac]);

describe('a pushed transaction', () => {
  it('is accepted in its binary form and announced like any other', () => {
    const { chain, pay } = setUp();
    const transaction = pay();
    const { hash } = chain.pushTransaction(encodeVertex(transaction));
    expect(chain.mempool.map((vertex) => vertex.hash)).toEqual([hash]);
    expect(refusal(chain, transaction)).toEqual([
      'DUPLICATE',
      `Transaction already exists ${hash}`,
    ]);
  });

  it('may not spend what is spent, and not what is voided', () => {
    const { chain, coin, pay } = setUp();
    chain.pushTransaction(encodeVertex(pay()));
    chain.advance(1);
    expect(refusal(chain, pay({ nonce: 1n, weight: 12 }))).toEqual([
      'DOUBLE_SPEND',
      'Invalid transaction. At least one of your inputs has already been spent.',
    ]);
    const rival = chain.addVertex(pay({ weight: 12 }));
    expect(rival.metadata.voided_by).toEqual([]);
    const [loser] = chain.vertex(coin.txId)?.metadata.spent_outputs[0]?.tx_ids ?? [];
    const place = { txId: loser ?? '', index: 0, value: 6400, key: 0 };
    const onLoser = provenHandMade(chain, place, { timestamp: chain.time + 5 });
    expect(refusal(chain, onLoser)).toEqual([
      'VOIDED_INPUT',
      'Invalid transaction. At least one input is voided.',
    ]);
  });

  it('may not spend a locked reward', () => {
    const { chain } = recordedChain(4, { rewardSpendMinBlocks: 4 });
    const txId = chain.blockAt(1)?.hash ?? '';
    expect(refusal(chain, provenHandMade(chain, { txId, index: 0, value: 6400, key: 0 }))).toEqual([
      'REWARD_LOCK',
      'Spent reward is locked.',
    ]);
  });

  it('may have outputs with data, but no other scripts of its own', () => {
    const { chain, pay } = setUp();
    const change = { value: 6399n, tokenData: 0, script: p2pkhScript(new Uint8Array(20)) };
    const withScript = (script: Uint8Array) =>
      pay({ outputs: [change, { value: 1n, tokenData: 0, script }] });
    expect(refusal(chain, withScript(Uint8Array.of(0x51)))).toEqual([
      'NON_STANDARD',
      'Transaction is non standard.',
    ]);
    expect(refusal(chain, withScript(new Uint8Array()))[0]).toBe('NON_STANDARD');
    expect(refusal(chain, withScript(dataScript('invoice 17')))[0]).toBe('accepted');
  });

  it.each<[string, (valid: Uint8Array) => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['half a transaction', (valid) => valid.slice(0, 40)],
    ['a byte too many', (valid) => Uint8Array.from([...valid, 0])],
    ['an unknown version', (valid) => valid.with(1, 9)],
  ])('must not be %s', (_, spoil) => {
    const { chain, pay } = setUp();
    const [code, message] = refusal(chain, spoil(encodeVertex(pay())));
    expect(code).toBe('MALFORMED');
    expect(message).toMatch(/^This transaction is invalid. Try to decode it first/);
  });

  it('must not be a block', () => {
    const { chain } = setUp();
    const block = chain.decoded(chain.best.hash);
    if (block === undefined) throw new Error('no block');
    expect(refusal(chain, block)).toEqual([
      'MALFORMED',
      'This transaction is invalid. A transaction must have at least one input',
    ]);
  });
});

describe('a transaction from outside', () => {
  const { chain, coin } = setUp();
  const fair = handMade(chain, coin);
  const [input] = fair.inputs;
  const [output] = fair.outputs;
  if (input === undefined || output === undefined) throw new Error('an empty transaction');
  const change = { ...output, value: 6399n };
  const many = (script: Uint8Array, count: number) =>
    Array.from({ length: count }, () => ({ value: 1n, tokenData: 0, script }));

  it.each<[string, string, RegExp, Partial<RegularTransaction>]>([
    [
      'OUTPUTS',
      'a huge script',
      /1025 bytes, limit 1024/,
      { outputs: [change, ...many(new Uint8Array(1025), 1)] },
    ],
    [
      'OUTPUTS',
      'too many signature checks',
      /signature checks in outputs, limit 1275/,
      { outputs: [change, ...many(new Uint8Array(70).fill(0xae), 1)] },
    ],
    ['TOKENS', 'a token it does not use', /unused tokens/, { tokens: ['ab'.repeat(32)] }],
    [
      'TOKENS',
      'the same token twice',
      /repeated tokens/,
      { tokens: ['ab'.repeat(32), 'ab'.repeat(32)] },
    ],
    [
      'TOKENS',
      'an authority that does not exist',
      /Invalid authorities in output \(0b100\)/,
      { tokens: ['ab'.repeat(32)], outputs: [output, { ...output, value: 4n, tokenData: 129 }] },
    ],
  ])('is refused as %s with %s', (code, _, message, changes) => {
    const [found, words] = (() => {
      try {
        chain.addVertex(prove(handMade(chain, coin, changes)));
        return ['accepted', ''];
      } catch (error) {
        const { code: reason, message: text } = error as VertexRejectedError;
        return [reason, text];
      }
    })();
    expect([found, words]).toEqual([code, expect.stringMatching(message)]);
  });

  it('is refused with too much input data', () => {
    const huge = { ...input, data: new Uint8Array(1267) };
    const transaction = prove({ ...fair, inputs: [huge] });
    expect(() => chain.addVertex(transaction)).toThrow('1267 bytes of input data, limit 1266');
  });

  it('is refused with a weight that is no weight, and never with another error', () => {
    const transaction = { ...fair, weight: -1000 };
    expect(() => chain.addVertex(transaction)).toThrow(VertexRejectedError);
  });

  it.each([
    ['HATHOR', 'TOK'],
    [' hathor ', 'TOK'],
    ['Token', 'htr'],
  ])('may not create a token %j with symbol %j', (name, symbol) => {
    chain.advance(1);
    expect(() => chain.createToken({ name, symbol, amount: 100n })).toThrow(/Invalid token/);
  });
});
