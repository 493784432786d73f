import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from './seeded-random.js';

const draw = (seed: number, label: string) => {
  const random = new SeededRandom(seed, label);
  return Array.from({ length: 100 }, () => random.below(1000));
};

describe('SeededRandom', () => {
  it('draws the same for the same seed and label, and something else otherwise', () => {
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  });

  it('keeps to the limits and reaches them', () => {
    const random = new SeededRandom(1, 'limits');
    const drawn = new Set(Array.from({ length: 300 }, () => random.between(3, 6)));
    expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
  });

  it('spreads evenly', () => {
    const random = new SeededRandom(1, 'spread');
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.25)).filter(Boolean).length;
    expect(Math.abs(hits - 2500)).toBeLessThan(200);
  });

  it('gives bytes across its blocks', () => {
    const random = new SeededRandom(1, 'bytes');
    const whole = new SeededRandom(1, 'bytes').bytes(70);
    expect([...random.bytes(40), ...random.bytes(30)]).toEqual([...whole]);
  });
});
