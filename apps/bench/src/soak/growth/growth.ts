import { LEAST_POINTS, trendOf, type Point } from './trend.js';

/** What a series may do. */
export interface GrowthLimit {
  readonly name: string;
  /** Most that the trend may add over the time that is judged: what chance, caches and compiled code come to. */
  readonly most: number;
  /** Shows a value. */
  readonly show: (value: number) => string;
}

/** A series, judged. */
export interface GrowthVerdict {
  readonly name: string;
  /** Change in a minute. */
  readonly trend: number;
  /** What that comes to over the time that was judged. */
  readonly growth: number;
  readonly minutes: number;
  readonly passed: boolean;
  readonly text: string;
}

/** @param points those after the warm-up. */
export function judgeGrowth(
  { name, most, show }: GrowthLimit,
  points: readonly Point[],
): GrowthVerdict {
  const trend = trendOf(points);
  const minutes = (points.at(-1)?.minute ?? 0) - (points[0]?.minute ?? 0);
  const growth = trend * minutes;
  const isEnough = points.length >= LEAST_POINTS;
  const passed = isEnough && growth <= most;
  const text = isEnough
    ? `${show(growth)} in ${minutes.toFixed(1)} min (${show(trend)} a minute); at most ${show(most)}`
    : `only ${String(points.length)} points`;
  return { name, trend, growth, minutes, passed, text };
}
