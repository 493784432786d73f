import { max, median, min, quantile } from 'simple-statistics';

export { max, median, quantile };

/** A typical value and how far the others are from it. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws Error if there are no values. */
export function spread(values: readonly number[]): Spread {
  const all = [...values];
  return { median: median(all), min: min(all), max: max(all) };
}

/**
 * How `values` relate to `base`, measured in the same rounds: ratios within a round, because a busy machine slows both down
 * alike. Rounds that only one of them has do not count.
 */
export function pairedRatio(values: readonly number[], base: readonly number[]): Spread {
  const ratios = values.slice(0, base.length).map((value, round) => value / (base[round] ?? NaN));
  return spread(ratios);
}
