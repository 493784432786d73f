import { median } from 'simple-statistics';

/** A value at a time. */
export interface Point {
  /** Minutes since the start. */
  readonly minute: number;
  readonly value: number;
}

/** Points that a trend needs at least. */
export const LEAST_POINTS = 4;

/**
 * By how much a series changes in a minute: the median of the slopes between all pairs of points (Theil–Sen), which a few odd
 * points do not move.
 */
export function trendOf(points: readonly Point[]): number {
  const slopes = points.flatMap((from, index) =>
    points
      .slice(index + 1)
      .filter(({ minute }) => minute > from.minute)
      .map((to) => (to.value - from.value) / (to.minute - from.minute)),
  );
  return slopes.length === 0 ? 0 : median(slopes);
}
