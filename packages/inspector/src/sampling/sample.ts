import type { Counts, Gauges, Totals } from './totals.js';

/** What the process needs. */
export interface ProcessFigures {
  /** Bytes. */
  readonly rss: number;
  readonly heapUsed: number;
  /** Share of one core since the last sample; 1 is a whole one. */
  readonly cpu: number;
  /** How late the event loop was at worst since the last sample, milliseconds. */
  readonly loopDelayMs: number;
}

/** One point of the charts. */
export interface Sample {
  /** Unix milliseconds. */
  readonly time: number;
  /** By second, since the last sample. */
  readonly rates: Readonly<Counts>;
  readonly gauges: Readonly<Gauges>;
  readonly process: ProcessFigures;
  /** Messages by second, by endpoint. */
  readonly endpoints: Readonly<Record<string, number>>;
  /** Dropped messages since the start, by reason. */
  readonly drops: Readonly<Record<string, number>>;
}

/** @param seconds between the two. */
export function sampleOf(
  time: number,
  seconds: number,
  before: Totals,
  now: Totals,
  process: ProcessFigures,
): Sample {
  const rate = (from: number, to: number): number => Math.max(0, (to - from) / seconds);
  return {
    time,
    rates: Object.fromEntries(
      Object.entries(now.counts).map(([name, count]: [string, number]) => [
        name,
        rate(before.counts[name as keyof Counts], count),
      ]),
    ) as unknown as Counts,
    gauges: now.gauges,
    process,
    endpoints: Object.fromEntries(
      Array.from(now.framesByEndpoint, ([endpoint, frames]) => [
        endpoint,
        rate(before.framesByEndpoint.get(endpoint) ?? 0, frames),
      ]),
    ),
    drops: Object.fromEntries(now.dropsByReason),
  };
}
