import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Counter, Histogram, Metrics } from '../metrics/metrics.js';

/** The counters of one stream's writer. */
export class StreamCounters {
  readonly appended: Counter;
  readonly failures: Counter;
  readonly faults: Counter;
  readonly appendSeconds: Histogram;

  constructor(metrics: Metrics, stream: string) {
    this.appended = metrics.counter(engineMetrics.eventsAppended, { stream });
    this.failures = metrics.counter(engineMetrics.appendFailures, { stream });
    this.faults = metrics.counter(engineMetrics.faults, {
      endpoint: '',
      topic: stream,
      code: 'INTERNAL',
    });
    this.appendSeconds = metrics.histogram(engineMetrics.appendSeconds, { stream });
  }
}
