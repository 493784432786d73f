import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  encodeAccount,
  FINAL_VOTE_TIMESTAMP,
  isSignedBy,
  packVoteTime,
  publicKeyOf,
  secretKeyOf,
  signatureDecimal,
  signHash,
  upperHex,
  voteHash,
  WireError,
} from './index.js';

interface VoteVectors {
  readonly server: readonly {
    message: { account: string; signature: string; sequence: string; blocks: string[] };
  }[];
  readonly same_signature_as_hex: { second: string };
}

const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/vote.json', import.meta.url), 'utf8'),
) as VoteVectors;

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('keys', () => {
  it('of the zero seed are those that every wallet derives', () => {
    const secret = secretKeyOf('0'.repeat(64), 0);
    expect(upperHex(secret, 32, 'key')).toBe(
      '9F0E444C69F77A49BD0BE89DB92C38FE713E0963165CCA12FAF5712D7657120F',
    );
    expect(encodeAccount(publicKeyOf(secret))).toBe(
      'nano_3i1aq1cchnmbn9x5rsbap8b15akfh7wj7pwskuzi7ahz8oq6cobd99d4r3b7',
    );
  });

  it.each([-1, 0.5, 2 ** 32])('have no index %p', (index) => {
    expect(() => secretKeyOf('0'.repeat(64), index)).toThrow(
      new WireError('OUT_OF_RANGE', 'index', 'not an unsigned number of 32 bits'),
    );
  });

  it('sign what their account verifies and no other', () => {
    fc.assert(
      fc.property(bytes32, bytes32, bytes32, (seed, hash, other) => {
        const secret = secretKeyOf(seed, 3);
        const signature = signHash(hash, secret);
        expect(isSignedBy(hash, signature, publicKeyOf(secret))).toBe(true);
        expect(isSignedBy(other, signature, publicKeyOf(secret))).toBe(false);
      }),
      { numRuns: 10 },
    );
  });
});

describe('votes', () => {
  it.each(vectors.server)('$message.sequence: the signature verifies', ({ message }) => {
    const signature = BigInt(message.signature).toString(16).padStart(128, '0');
    const hash = voteHash(message.blocks, BigInt(message.sequence));
    expect(isSignedBy(hash, signature, message.account)).toBe(true);
    expect(signatureDecimal(signature)).toBe(message.signature);
  });

  it('write the signature as one decimal number', () => {
    expect(signatureDecimal(vectors.same_signature_as_hex.second)).toBe(
      vectors.server[1]?.message.signature,
    );
    expect(signatureDecimal(new Uint8Array(64))).toBe('0');
  });

  it('keep the duration in the low four bits of the time', () => {
    expect(packVoteTime(1_700_000_000_000n, 9)).toBe(1_700_000_000_000n + 9n);
    expect(packVoteTime(1_700_000_000_015n, 9)).toBe(1_700_000_000_000n + 9n);
    expect(packVoteTime(FINAL_VOTE_TIMESTAMP, 15)).toBe((1n << 64n) - 1n);
  });

  it.each([-1, 16, 0.5])('last no %p', (duration) => {
    expect(() => packVoteTime(0n, duration)).toThrow(
      new WireError('OUT_OF_RANGE', 'duration', 'not 0 to 15'),
    );
  });
});
