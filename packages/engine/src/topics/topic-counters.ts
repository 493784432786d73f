import type { DropReason } from '../flow/flow-control.js';
import { CountersBy } from '../metrics/counters-by.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Counter, Metrics } from '../metrics/metrics.js';

/** The counters of one topic. */
export class TopicCounters {
  readonly sent: Counter;
  readonly encoded: Counter;
  readonly faults: Counter;
  readonly dropped: CountersBy<DropReason>;

  constructor(metrics: Metrics, endpoint: string, topic: string) {
    const labels = { endpoint, topic };
    this.sent = metrics.counter(engineMetrics.messagesSent, labels);
    this.encoded = metrics.counter(engineMetrics.messagesEncoded, labels);
    this.faults = metrics.counter(engineMetrics.faults, { ...labels, code: 'INTERNAL' });
    this.dropped = new CountersBy((reason) =>
      metrics.counter(engineMetrics.messagesDropped, { ...labels, reason }),
    );
  }
}
