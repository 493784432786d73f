import { LEAST_POINTS, trendOf, type Point } from './trend.js';

/** What a series may do. */
export interface GrowthLimit {
  readonly name: string;
  /** Most that the trend may add over the time that is judged: what chance, caches and compiled code come to. */
  readonly most: number;
  /** Minutes to be judged at least; shorter runs are not. Default 0. */
  readonly leastMinutes?: number;
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
export function judgeGrowth(limit: GrowthLimit, points: readonly Point[]): GrowthVerdict {
  const { name, most, leastMinutes = 0, show } = limit;
  const trend = trendOf(points);
  const minutes = (points.at(-1)?.minute ?? 0) - (points[0]?.minute ?? 0);
  const growth = trend * minutes;
  const facts = { name, trend, growth, minutes };
  if (points.length < LEAST_POINTS) {
    return { ...facts, passed: false, text: `only ${String(points.length)} points` };
  }
  const found = `${show(growth)} in ${minutes.toFixed(1)} min (${show(trend)} a minute)`;
  if (minutes < leastMinutes) {
    const text = `${found}; too short to be judged, which takes ${String(leastMinutes)} min after the warm-up`;
    return { ...facts, passed: true, text };
  }
  return { ...facts, passed: growth <= most, text: `${found}; at most ${show(most)}` };
}
