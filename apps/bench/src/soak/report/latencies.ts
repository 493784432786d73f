import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** Milliseconds. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** From publication to receipt, by endpoint: of the whole run, and since the last look. */
export class Latencies {
  private readonly whole = new Map<string, RecordableHistogram>();
  private recent = createHistogram();

  add(endpoint: string, micros: number): void {
    const histogram = this.whole.get(endpoint) ?? createHistogram();
    this.whole.set(endpoint, histogram);
    // The clocks of two processes may differ by less than a message takes.
    const value = Math.max(1, Math.round(micros));
    histogram.record(value);
    this.recent.record(value);
  }

  of(endpoint: string): Percentiles | undefined {
    const histogram = this.whole.get(endpoint);
    return histogram && percentiles(histogram);
  }

  /** Of all endpoints, since this was asked last. */
  takeRecent(): Percentiles {
    const taken = percentiles(this.recent);
    this.recent = createHistogram();
    return taken;
  }
}

function percentiles(histogram: RecordableHistogram): Percentiles {
  const at = (part: number): number => histogram.percentile(part) / 1000;
  return {
    count: histogram.count,
    p50: at(50),
    p95: at(95),
    p99: at(99),
    max: histogram.count === 0 ? 0 : histogram.max / 1000,
  };
}
