import { describe, expect, it } from '@jest/globals';
import {
  CodecError,
  encodeVertex,
  MAX_VERTEX_SIZE,
  unittestsGenesisBlock as block,
  unittestsGenesisTransaction1 as transaction,
} from './index.js';
import type { CodecErrorCode, TokenCreationTransaction, Vertex } from './index.js';

const script = new Uint8Array();
const output = { value: 1n, tokenData: 0, script };
const input = { txId: 'ab'.repeat(32), index: 0, data: script };
const creation: TokenCreationTransaction = {
  ...block,
  inputs: [input],
  version: 2,
  tokenInfo: { version: 1, name: 'Coin', symbol: 'CNC' },
};

function auxPowBlock(linkSize: number): Vertex {
  return {
    ...block,
    version: 3,
    nonce: 0n,
    auxPow: {
      headerHead: new Uint8Array(36),
      coinbaseHead: script,
      coinbaseTail: script,
      merklePath: [new Uint8Array(32), new Uint8Array(linkSize)],
      headerTail: new Uint8Array(12),
    },
  };
}

const cases: readonly (readonly [what: string, Vertex, CodecErrorCode, field: string])[] = [
  ['signal bits above a byte', { ...block, signalBits: 256 }, 'TOO_LARGE', 'signalBits'],
  ['negative signal bits', { ...block, signalBits: -1 }, 'INVALID_VALUE', 'signalBits'],
  [
    'too many outputs',
    { ...block, outputs: Array(256).fill(output) as [] },
    'TOO_LARGE',
    'outputs.length',
  ],
  [
    'too many inputs',
    { ...creation, inputs: Array(256).fill(input) as [] },
    'TOO_LARGE',
    'inputs.length',
  ],
  [
    'too many tokens',
    { ...transaction, tokens: Array(256).fill(input.txId) as [] },
    'TOO_LARGE',
    'tokens.length',
  ],
  [
    'a value of zero',
    { ...block, outputs: [output, { ...output, value: 0n }] },
    'INVALID_VALUE',
    'outputs[1].value',
  ],
  [
    'a value above 2^63',
    { ...block, outputs: [{ ...output, value: 2n ** 63n + 1n }] },
    'INVALID_VALUE',
    'outputs[0].value',
  ],
  [
    'token data above a byte',
    { ...block, outputs: [{ ...output, tokenData: 256 }] },
    'TOO_LARGE',
    'outputs[0].tokenData',
  ],
  [
    'a script above 65,535 bytes',
    { ...block, outputs: [{ ...output, script: new Uint8Array(65_536) }] },
    'TOO_LARGE',
    'outputs[0].script.length',
  ],
  [
    'a short spent id',
    { ...transaction, inputs: [{ ...input, txId: 'ab' }] },
    'INVALID_VALUE',
    'inputs[0].txId',
  ],
  [
    'a fractional output index',
    { ...transaction, inputs: [{ ...input, index: 0.5 }] },
    'INVALID_VALUE',
    'inputs[0].index',
  ],
  [
    'an upper-case token',
    { ...transaction, tokens: ['AB'.repeat(32)] },
    'INVALID_VALUE',
    'tokens[0]',
  ],
  ['a weight that is no number', { ...block, weight: Number.NaN }, 'INVALID_VALUE', 'weight'],
  ['an infinite weight', { ...block, weight: Infinity }, 'INVALID_VALUE', 'weight'],
  ['a timestamp above 32 bits', { ...block, timestamp: 2 ** 32 }, 'TOO_LARGE', 'timestamp'],
  [
    'a parent that is no hash',
    { ...block, parents: ['zz'.repeat(32)] },
    'INVALID_VALUE',
    'parents[0]',
  ],
  ['101 bytes of data', { ...block, data: new Uint8Array(101) }, 'TOO_LARGE', 'data'],
  ['a negative nonce', { ...block, nonce: -1n }, 'INVALID_VALUE', 'nonce'],
  ['a block nonce above 128 bits', { ...block, nonce: 2n ** 128n }, 'INVALID_VALUE', 'nonce'],
  [
    'a transaction nonce above 32 bits',
    { ...transaction, nonce: 2n ** 32n },
    'INVALID_VALUE',
    'nonce',
  ],
  [
    'a name above 255 bytes',
    { ...creation, tokenInfo: { ...creation.tokenInfo, name: 'é'.repeat(128) } },
    'TOO_LARGE',
    'tokenInfo.name.length',
  ],
  [
    'a symbol with half a character',
    { ...creation, tokenInfo: { ...creation.tokenInfo, symbol: 'a\ud83d' } },
    'INVALID_VALUE',
    'tokenInfo.symbol',
  ],
  ['a link of 31 bytes', auxPowBlock(31), 'INVALID_VALUE', 'auxPow.merklePath[1]'],
  [
    'more than 48,000 bytes',
    { ...block, outputs: [{ ...output, script: new Uint8Array(MAX_VERTEX_SIZE) }] },
    'TOO_LARGE',
    'vertex',
  ],
];

describe('encoding a vertex', () => {
  it.each(cases)('is refused with %s', (...[, vertex, code, field]) => {
    expect(() => encodeVertex(vertex)).toThrow(CodecError);
    try {
      encodeVertex(vertex);
    } catch (error) {
      expect(error).toMatchObject({ code, field, offset: undefined });
    }
  });

  it('is done for exactly 48,000 bytes', () => {
    const empty = encodeVertex({ ...block, outputs: [output] }).length;
    const full = { ...output, script: new Uint8Array(MAX_VERTEX_SIZE - empty) };
    expect(encodeVertex({ ...block, outputs: [full] })).toHaveLength(MAX_VERTEX_SIZE);
  });
});
