import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../run/seeded-random.js';
import { judgeGrowth } from './growth.js';
import { trendOf, type Point } from './trend.js';

const LIMIT = { name: 'memory', most: 2, show: (value: number) => value.toFixed(2) };
const random = seededRandom(1, 'growth');
/** A series of half an hour, whose values chance moves by up to 5. */
const series = (perMinute: number): Point[] =>
  Array.from({ length: 45 }, (_, index) => {
    const minute = index / 1.5;
    return { minute, value: 60 + perMinute * minute + 10 * (random() - 0.5) };
  });

describe('growth', () => {
  it('is not seen in what only moves up and down', () => {
    expect(judgeGrowth(LIMIT, series(0))).toMatchObject({ passed: true });
  });

  it('is seen where it is less than what chance does', () => {
    expect(judgeGrowth(LIMIT, series(0.2))).toMatchObject({ passed: false });
  });

  it('is not seen in what shrinks', () => {
    expect(judgeGrowth(LIMIT, series(-0.5))).toMatchObject({ passed: true });
  });

  it('is not feigned by a few odd points', () => {
    const points = series(0).map((point, index) =>
      index % 15 === 0 ? { ...point, value: point.value * 5 } : point,
    );
    expect(judgeGrowth(LIMIT, points)).toMatchObject({ passed: true });
  });

  it('cannot be judged of a few points', () => {
    expect(judgeGrowth(LIMIT, series(0).slice(0, 3))).toMatchObject({
      passed: false,
      text: 'only 3 points',
    });
  });

  it('is not judged where the time is too short, and says so', () => {
    const limit = { ...LIMIT, leastMinutes: 40 };
    expect(judgeGrowth(limit, series(1))).toMatchObject({
      passed: true,
      text: expect.stringContaining('too short to be judged'),
    });
  });

  it('has the trend of a straight line', () => {
    expect(trendOf([0, 1, 2, 3].map((minute) => ({ minute, value: 7 + 2 * minute })))).toBe(2);
  });
});
