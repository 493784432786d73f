import { describe, expect, it } from '@jest/globals';
import { max, pairedRatio, quantile, spread } from './statistics.js';

describe('statistics', () => {
  it('the median of an odd number of rounds is the one in the middle, in whatever order they came', () => {
    expect(spread([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9 });
  });

  it('the median of an even number of rounds is between the two in the middle', () => {
    expect(spread([4, 1, 2, 100])).toEqual({ median: 3, min: 1, max: 100 });
  });

  it('does not reorder what it is given', () => {
    const values = [3, 1, 2];
    spread(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses to make a figure of nothing', () => {
    expect(() => spread([])).toThrow();
  });

  it('quantiles and the maximum are those of the values', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantile(hundred, 0.5)).toBe(50.5);
    expect(quantile(hundred, 0.99)).toBe(99.01);
    expect(max(hundred)).toBe(100);
  });

  it('ratios are taken within a round, so that a round that was slow for both does not count', () => {
    expect(pairedRatio([20, 200, 30], [10, 100, 10])).toEqual({ median: 2, min: 2, max: 3 });
  });

  it('rounds that only one side has are left out', () => {
    expect(pairedRatio([2, 4, 1000], [1, 1])).toEqual({ median: 3, min: 2, max: 4 });
  });
});
