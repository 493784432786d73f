import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** Milliseconds. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** A time, microseconds of the monotonic clock. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Spans that a delivery may still overlap: more than were begun since the books were last looked at. */
const REMEMBERED_SPANS = 8;

/**
 * From publication to receipt, by endpoint: of the whole run, and since the last look. What was on its way while the soak
 * itself held the server up is left out.
 */
export class Latencies {
  private readonly whole = new Map<string, RecordableHistogram>();
  private recent = createHistogram();
  private heldUp: Span[] = [];
  private left = 0;

  /** Deliveries that were left out. */
  get leftOut(): number {
    return this.left;
  }

  /** The server was held up, and not by its own work. */
  leaveOut(span: Span): void {
    this.heldUp = [...this.heldUp, span].slice(-REMEMBERED_SPANS);
  }

  add(endpoint: string, publishedAt: number, receivedAt: number): void {
    if (this.heldUp.some(({ from, to }) => receivedAt >= from && publishedAt <= to)) {
      this.left++;
      return;
    }
    const histogram = this.whole.get(endpoint) ?? createHistogram();
    this.whole.set(endpoint, histogram);
    // The clocks of two processes may differ by less than a message takes.
    const value = Math.max(1, Math.round(receivedAt - publishedAt));
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
