import { describe, expect, it } from '@jest/globals';
import { anyOf, integer, list, literal, nullable, number, object, oneOf, text } from './shape.js';

const block = object(
  { number: integer(), hash: text(/^0x[0-9a-f]+$/, 'hex') },
  { optional: { next: nullable(integer()) }, ordered: true },
);

describe('a shape', () => {
  it('fits what has its members, in order where that counts', () => {
    expect(block({ number: 1, hash: '0x1' }, 'block')).toBeUndefined();
    expect(block({ number: 2n ** 64n - 1n, hash: '0x1', next: null }, 'block')).toBeUndefined();
  });

  it.each<[unknown, string, string]>([
    [{ number: 1 }, 'block', 'a member hash'],
    [{ number: 1, hash: '0x1', x: 1 }, 'block', 'no member x'],
    [{ hash: '0x1', number: 1 }, 'block', 'the members number, hash in this order'],
    [{ number: '1', hash: '0x1' }, 'block.number', 'an integer from 0 to 18446744073709551615'],
    [{ number: 1.5, hash: '0x1' }, 'block.number', 'an integer from 0 to 18446744073709551615'],
    [
      { number: 2n ** 64n, hash: '0x1' },
      'block.number',
      'an integer from 0 to 18446744073709551615',
    ],
    [{ number: 1, hash: 'x' }, 'block.hash', 'hex'],
    [
      { number: 1, hash: '0x1', next: 'x' },
      'block.next',
      'an integer from 0 to 18446744073709551615',
    ],
    [[], 'block', 'an object'],
    [null, 'block', 'an object'],
  ])('says where %j differs', (value, at, expected) => {
    expect(block(value, 'block')).toMatchObject({ at, expected });
  });

  it('goes into lists', () => {
    const pair = list(oneOf('a', 'b'), { least: 1, most: 2 });
    expect(pair(['a', 'b'], 'pair')).toBeUndefined();
    expect(pair(['a', 'c'], 'pair')).toMatchObject({ at: 'pair[1]', expected: 'one of a, b' });
    expect(pair([], 'pair')).toMatchObject({ expected: 'a list of 1 to 2 items' });
    expect(pair('a', 'pair')).toMatchObject({ expected: 'a list' });
  });

  it('may be one of several, of which the first is the one that is named', () => {
    const either = anyOf(number, literal('none'));
    expect([either(1, 'x'), either(5n, 'x'), either('none', 'x')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(either('some', 'x')).toMatchObject({ at: 'x', expected: 'a number' });
  });
});
