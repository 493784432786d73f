import type { MetricLabels, MetricName, Metrics } from '../metrics/metrics.js';

/** Metrics that a test can read. */
export class CountingMetrics implements Metrics {
  private readonly counts: { name: MetricName; by: number; labels: MetricLabels }[] = [];

  count(name: MetricName, by = 1, labels: MetricLabels = {}): void {
    this.counts.push({ name, by, labels });
  }

  /** Sum of a counter over all counts that have at least these labels. */
  total(name: MetricName, labels: MetricLabels = {}): number {
    return this.counts
      .filter((count) => count.name === name)
      .filter((count) =>
        Object.entries(labels).every(([key, value]) => count.labels[key] === value),
      )
      .reduce((sum, count) => sum + count.by, 0);
  }
}
