import type { Histogram } from './metrics.js';

/** How many observations fell into each bucket. */
export class BucketCounts implements Histogram {
  /** By bucket, not added up; the last one is of what is above all bounds. */
  readonly counts: number[];
  sum = 0;

  /** @param bounds rising; each belongs to its bucket. */
  constructor(private readonly bounds: readonly number[]) {
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  get count(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  observe(value: number): void {
    const { bounds, counts } = this;
    let bucket = 0;
    while (value > (bounds[bucket] ?? Infinity)) bucket++;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    this.sum += value;
  }
}
