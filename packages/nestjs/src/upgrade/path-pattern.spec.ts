import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PathPattern } from './path-pattern.js';

const exact = { leaf: false, caseSensitive: true, trailingSlash: true };
const segment = fc.string({ minLength: 1 }).filter((text) => !/^:|\//.test(text));

describe('PathPattern', () => {
  it('finds in a path the parameters it was made of', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ literal: segment, value: segment }), { maxLength: 5 }),
        (parts) => {
          const path = parts.map(({ literal }, i) => `/${literal}/:p${String(i)}`).join('');
          const given = parts.flatMap(({ literal, value }) => [literal, value]);
          const params = Object.fromEntries(parts.map(({ value }, i) => [`p${String(i)}`, value]));
          const pattern = new PathPattern(path === '' ? '/' : path, exact);
          expect(pattern.match(given)).toEqual(params);
          expect(pattern.match([...given, ''])).toEqual(params);
          expect(pattern.match([...given, 'more'])).toBeUndefined();
        },
      ),
    );
  });

  it('takes a slash at the end only where it may', () => {
    const strict = (path: string): PathPattern =>
      new PathPattern(path, { ...exact, trailingSlash: false });
    expect(strict('/a/b').match(['a', 'b'])).toEqual({});
    expect(strict('/a/b').match(['a', 'b', ''])).toBeUndefined();
    expect(strict('/').match([''])).toEqual({});
  });

  it('has one shape for patterns that match the same paths', () => {
    const shape = (path: string, caseSensitive = true): string =>
      new PathPattern(path, { ...exact, caseSensitive }).shape;
    expect(shape('/a/:b/')).toBe(shape('/a/:c'));
    expect(shape('/a')).not.toBe(shape('/A'));
    expect(shape('/a', false)).toBe(shape('/A', false));
  });

  it('is the more specific the more literal segments it has, and last if it takes what follows', () => {
    const leaf = new PathPattern('/a/b/c', { ...exact, leaf: true });
    const patterns = [
      leaf,
      ...['/:x/:y', '/a/:y', '/a/b'].map((path) => new PathPattern(path, exact)),
    ];
    const ranks = patterns.map(({ specificity }) => specificity);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });
});
