import { describe, expect, it } from '@jest/globals';
import {
  decodeVertex,
  encodeVertex,
  meetsTarget,
  mine,
  unittestsGenesisBlock as block,
  unittestsGenesisTransaction1 as transaction,
  vertexId,
} from './index.js';

describe('mining', () => {
  it.each([
    ['block', { ...block, weight: 12.3 }],
    ['transaction', { ...transaction, weight: 12.3 }],
  ])('a %s finds the first nonce that meets its target', (_, vertex) => {
    const mined = mine(vertex);
    if (!mined) throw new Error('no nonce found');
    expect(meetsTarget(vertexId(mined), 12.3)).toBe(true);
    expect(decodeVertex(encodeVertex(mined))).toEqual({ ...vertex, nonce: mined.nonce });
    for (let nonce = 0n; nonce < mined.nonce; nonce++) {
      expect(meetsTarget(vertexId({ ...vertex, nonce }), 12.3)).toBe(false);
    }
  });

  it('goes on where it is told to', () => {
    const vertex = { ...block, weight: 8 };
    const first = mine(vertex)?.nonce ?? 0n;
    const second = mine(vertex, { startNonce: first + 1n })?.nonce ?? 0n;
    expect(second).toBeGreaterThan(first);
    expect(mine(vertex, { startNonce: first })?.nonce).toBe(first);
  });

  it('carries over all sixteen bytes of a block nonce', () => {
    const startNonce = (1n << 64n) - 3n;
    const mined = mine({ ...block, weight: 6 }, { startNonce });
    if (!mined) throw new Error('no nonce found');
    expect(mined.nonce).toBeGreaterThan(1n << 64n);
    expect(meetsTarget(vertexId(mined), 6)).toBe(true);
  });

  it('gives up after the attempts, and when the nonces run out', () => {
    expect(mine({ ...block, weight: 60 }, { maxAttempts: 100 })).toBeUndefined();
    expect(mine({ ...block, weight: 60 }, { startNonce: 2n ** 128n - 5n })).toBeUndefined();
    expect(mine({ ...transaction, weight: 60 }, { startNonce: 2n ** 32n - 5n })).toBeUndefined();
    expect(mine({ ...transaction, weight: 300 }, { maxAttempts: 10 })).toBeUndefined();
  });

  it('takes the first nonce at once when every id is below the target', () => {
    expect(mine({ ...block, weight: 0 })?.nonce).toBe(0n);
  });
});
