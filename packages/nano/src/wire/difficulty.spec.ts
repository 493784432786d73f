import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { hex64, multiplierOf, multiplierText, unsigned64, WireError } from './index.js';

interface WorkFigures {
  readonly difficulty: string;
  readonly multiplier: string;
}
interface WorkVectors {
  readonly server: readonly { message: { request: WorkFigures; result?: WorkFigures } }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/work.json', import.meta.url), 'utf8'),
) as WorkVectors;
const figures = vectors.server.flatMap(({ message: { request, result } }) =>
  result ? [request, result] : [request],
);

describe('multipliers', () => {
  it.each(figures)('$difficulty costs $multiplier times as much', ({ difficulty, multiplier }) => {
    expect(multiplierText(difficulty, 'fffffc0000000000')).toBe(multiplier);
  });

  it.each([
    ['fffffff800000000', 'fffffff800000000', '1.000000000000000'],
    ['fffffffaaaaaaaab', 'fffffff800000000', '1.500000000021828'],
    ['fffffe0000000000', 'fffffff800000000', '0.015625000000000'],
    ['ffffffffffffffff', '0000000000000000', '18446744073709551616.000000000000000'],
    ['0000000000000000', 'ffffffffffffffff', '0.000000000000000'],
  ])('%s against %s is %s', (difficulty, base, text) => {
    expect(multiplierText(difficulty, base)).toBe(text);
  });

  it('on a tie at the last digit end even, as the C library prints', () => {
    // Bases 2^16 + 1 and 2^16 + 3 steps below 2^64 against a difficulty 2^16 below: 1 + 1/65536 and 1 + 3/65536.
    const difficulty = (1n << 64n) - (1n << 16n);
    expect(multiplierText(difficulty, difficulty - 1n)).toBe('1.000015258789062');
    expect(multiplierText(difficulty, difficulty - 3n)).toBe('1.000045776367188');
  });

  it('are numbers, too', () => {
    expect(multiplierOf('ffffff999999999a', 'fffffc0000000000')).toBeCloseTo(10, 10);
  });
});

describe('numbers of 64 bits', () => {
  it('are written in 16 lower-case digits', () => {
    expect(hex64(0xabcn, 'work')).toBe('0000000000000abc');
    expect(hex64('ABCDEF0123456789', 'work')).toBe('abcdef0123456789');
  });

  it.each([
    [-1n, 'OUT_OF_RANGE', 'not an unsigned number of 64 bits'],
    [1n << 64n, 'OUT_OF_RANGE', 'not an unsigned number of 64 bits'],
    ['abc', 'WRONG_LENGTH', '3 characters instead of 16 hex digits'],
    ['0x00000000000000', 'WRONG_CHARACTER', 'not hex'],
  ] as const)('are not %s', (value, code, reason) => {
    expect(() => unsigned64(value, 'work')).toThrow(new WireError(code, 'work', reason));
  });
});
