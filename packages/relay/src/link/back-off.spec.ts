import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BackOff, type BackOffOptions } from './back-off.js';

const waits = (backOff: BackOff, count: number): number[] =>
  Array.from({ length: count }, () => backOff.next());

describe('BackOff', () => {
  it('doubles from one second to thirty', () => {
    expect(waits(new BackOff(), 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('begins again after a reset', () => {
    const backOff = new BackOff();
    waits(backOff, 5);
    backOff.reset();
    expect(waits(backOff, 2)).toEqual([1000, 2000]);
  });

  it('leaves to chance as much of a wait as it is told', () => {
    let chance = 0;
    const backOff = new BackOff({ jitter: 0.5, random: () => chance });
    expect(backOff.next()).toBe(1000);
    chance = 0.5;
    expect(backOff.next()).toBe(1500);
  });

  it('stays within its limits', () => {
    const options = fc.record({
      firstMs: fc.integer({ min: 1, max: 1000 }),
      mostMs: fc.integer({ min: 1000, max: 100_000 }),
      factor: fc.double({ min: 1, max: 10, noNaN: true }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(options, (given) => {
        const backOff = new BackOff(given);
        const least = Math.floor(given.firstMs * (1 - given.jitter));
        for (const ms of waits(backOff, 20)) {
          expect(ms).toBeGreaterThanOrEqual(least);
          expect(ms).toBeLessThanOrEqual(given.mostMs);
        }
      }),
    );
  });

  it.each<BackOffOptions>([
    { firstMs: 0 },
    { firstMs: 2000, mostMs: 1000 },
    { mostMs: 2 ** 31 },
    { factor: 0.5 },
    { jitter: 1.1 },
    { jitter: NaN },
  ])('refuses %j', (options) => {
    expect(() => new BackOff(options)).toThrow(RangeError);
  });
});
