import { createHistogram } from 'node:perf_hooks';

/** Percentiles of many durations, milliseconds. */
export interface DurationFigures {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Collects durations to three significant digits, whatever their number. */
export class Durations {
  private readonly histogram = createHistogram({ figures: 3 });

  /** Adds one, milliseconds; less than a microsecond, and less than nothing between two clocks, counts as one. */
  add(ms: number): void {
    this.histogram.record(Math.max(1, Math.round(ms * 1000)));
  }

  /** Undefined if there is none. */
  get figures(): DurationFigures | undefined {
    const { count } = this.histogram;
    if (count === 0) return undefined;
    const at = (percentile: number): number => this.histogram.percentile(percentile) / 1000;
    return { count, p50: at(50), p90: at(90), p99: at(99), max: this.histogram.max / 1000 };
  }
}
