import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blockFromJson, blockHash, blockToJson, MAX_AMOUNT } from './index.js';
import type { Block } from './index.js';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const amount = fc.bigInt({ min: 0n, max: MAX_AMOUNT });
const proof = {
  signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  work: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
};

const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    type: fc.constant('state' as const),
    account: bytes32,
    previous: bytes32,
    representative: bytes32,
    balance: amount,
    link: bytes32,
    ...proof,
  }),
  fc.record({
    type: fc.constant('send' as const),
    previous: bytes32,
    destination: bytes32,
    balance: amount,
    ...proof,
  }),
  fc.record({
    type: fc.constant('receive' as const),
    previous: bytes32,
    source: bytes32,
    ...proof,
  }),
  fc.record({
    type: fc.constant('open' as const),
    source: bytes32,
    representative: bytes32,
    account: bytes32,
    ...proof,
  }),
  fc.record({
    type: fc.constant('change' as const),
    previous: bytes32,
    representative: bytes32,
    ...proof,
  }),
);

describe('block JSON', () => {
  it('comes back with the same hash, whatever the block', () => {
    fc.assert(
      fc.property(anyBlock, (block) => {
        const json = blockToJson(block);
        const read = blockFromJson({ ...json });
        expect(blockToJson(read)).toEqual(json);
        expect(blockHash(read)).toBe(blockHash(block));
      }),
    );
  });

  it('has strings only', () => {
    fc.assert(
      fc.property(anyBlock, (block) => {
        expect(
          Object.values(blockToJson(block)).every((member) => typeof member === 'string'),
        ).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
