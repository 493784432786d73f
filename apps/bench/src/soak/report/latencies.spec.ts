import { describe, expect, it } from '@jest/globals';
import { Latencies } from './latencies.js';

const MS = 1000;

describe('the latencies of a soak', () => {
  it('are kept by endpoint, and since the last look', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 100; ms++) latencies.add('basalt', 0, ms * MS);
    latencies.add('nano', 0, 500 * MS);
    expect(latencies.of('basalt')?.count).toBe(100);
    expect(latencies.of('basalt')?.p50).toBeCloseTo(50, 0);
    expect(latencies.of('basalt')?.max).toBeCloseTo(100, 0);
    expect(latencies.of('lighthouse')).toBeUndefined();
    expect(latencies.takeRecent().count).toBe(101);
    expect(latencies.takeRecent()).toMatchObject({ count: 0, max: 0 });
  });

  it('leave out what was on its way while the server was held up', () => {
    const latencies = new Latencies();
    latencies.leaveOut({ from: 100 * MS, to: 200 * MS });
    latencies.add('basalt', 50 * MS, 99 * MS);
    latencies.add('basalt', 90 * MS, 201 * MS);
    latencies.add('basalt', 150 * MS, 210 * MS);
    latencies.add('basalt', 201 * MS, 210 * MS);
    expect(latencies.of('basalt')?.count).toBe(2);
    expect(latencies.leftOut).toBe(2);
  });
});
