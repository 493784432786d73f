import { describe, expect, it } from '@jest/globals';
import { NumberFinder } from './number-finder.js';

function find(finder: NumberFinder, text: string, before = '', behind = ''): number | undefined {
  const bytes = Buffer.from(before + text + behind);
  return finder.find(bytes, before.length, before.length + text.length);
}

describe('number finder', () => {
  it('finds the number wherever it stands, quoted or not', () => {
    expect(find(new NumberFinder('"balance":"'), '{"at":1,"x":{"balance":"42"}}')).toBe(42);
    expect(find(new NumberFinder('"at":'), '{"at":1234567890123}')).toBe(1234567890123);
  });

  it('finds it where it was last time, and where it was not', () => {
    const finder = new NumberFinder('"n":');
    const texts = ['{"n":1}', '{"n":2}', '{"long":true,"n":3}', '{"n":4}', '{"long":null,"n":5}'];
    expect(texts.map((text) => find(finder, text))).toEqual([1, 2, 3, 4, 5]);
  });

  it('looks at nothing before and behind the message', () => {
    const finder = new NumberFinder('"n":');
    expect(find(finder, '{"m":1}', '{"n":7}', '{"n":8}')).toBeUndefined();
    expect(find(finder, '{"n":1', '{"n":7}', '9}')).toBe(1);
    expect(find(finder, '{"n":', '', '9}')).toBeUndefined();
  });

  it.each(['{"n":null}', '{"n":"1"}', '{"n"', ''])('finds nothing in %p', (text) => {
    expect(find(new NumberFinder('"n":'), text)).toBeUndefined();
  });
});
