import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateWork, isWorkEnough, workDifficulty, workRoot } from './index.js';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const hash = '718CC2121C3E641059BC1C2CFC45666C99E8AE922F7A807B7D07B62C995D79E2';

describe('work', () => {
  it('reaches the difficulty that the public documentation gives', () => {
    expect(workDifficulty(hash, '2bf29ef00786a6bc').toString(16)).toBe('ffffffd21c3933f4');
    expect(isWorkEnough(hash, '2bf29ef00786a6bc', 'ffffffc000000000')).toBe(true);
    expect(isWorkEnough(hash, '2bf29ef00786a6bd', 'ffffffc000000000')).toBe(false);
  });

  it('is found upwards from the start, the first that is enough', () => {
    const threshold = 0xff00000000000000n;
    const work = generateWork(hash, threshold, { start: 1000n }) ?? -1n;
    expect(isWorkEnough(hash, work, threshold)).toBe(true);
    for (let earlier = 1000n; earlier < work; earlier++) {
      expect(isWorkEnough(hash, earlier, threshold)).toBe(false);
    }
  });

  it('is not found when the attempts run out', () => {
    expect(generateWork(hash, 'ffffffffffffffff', { maxAttempts: 10 })).toBeUndefined();
  });

  it('goes on at zero after the largest value', () => {
    const work = generateWork(hash, 'ff00000000000000', { start: (1n << 64n) - 1n }) ?? -1n;
    expect(work).toBe(generateWork(hash, 'ff00000000000000'));
  });

  it('is found for every root', () => {
    fc.assert(
      fc.property(bytes32, (root) => {
        const work = generateWork(root, 'f000000000000000');
        expect(work).toBeDefined();
        expect(isWorkEnough(root, work ?? 0n, 'f000000000000000')).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the root of work', () => {
  const account = new Uint8Array(32).fill(7);
  const state = {
    type: 'state',
    account,
    representative: account,
    balance: 1n,
    link: hash,
  } as const;

  it('is the previous block', () => {
    expect(workRoot({ ...state, previous: hash })).toEqual(
      Uint8Array.from(Buffer.from(hash, 'hex')),
    );
    expect(workRoot({ type: 'receive', previous: hash, source: hash })).toEqual(
      Uint8Array.from(Buffer.from(hash, 'hex')),
    );
  });

  it('is the account for the first block of an account', () => {
    expect(workRoot({ ...state, previous: '0'.repeat(64) })).toEqual(account);
    expect(workRoot({ type: 'open', source: hash, representative: account, account })).toEqual(
      account,
    );
  });
});
