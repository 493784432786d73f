/** The registry's figures as prom-client takes them; nothing is counted here. */
import type { MetricFamily, MetricSample } from '@sluice/engine';
import type { Metric } from 'prom-client';

interface PrometheusValue {
  /** Default: the name of the metric. */
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/**
 * A metric whose values are those of one moment. Distributions become histograms: their buckets may shrink, so they are
 * looked at as they are, without `rate()`.
 */
export function prometheusMetric(family: MetricFamily): Metric {
  const { kind, name, help } = family.definition;
  const object = {
    name,
    help,
    type: kind === 'distribution' ? 'histogram' : kind,
    aggregator: 'sum',
    values: family.samples.flatMap((sample) => valuesOf(family, sample)),
  };
  // All that a registry of prom-client asks of a metric.
  return { name, get: () => Promise.resolve(object) } as unknown as Metric;
}

function valuesOf(
  { definition: { name, buckets: bounds } }: MetricFamily,
  { labels, value, buckets }: MetricSample,
): PrometheusValue[] {
  if (buckets === undefined) return [{ labels, value }];
  let sum = 0;
  const counts = buckets.counts.map((count, index) => ({
    metricName: `${name}_bucket`,
    labels: { ...labels, le: bounds[index] ?? '+Inf' },
    value: (sum += count),
  }));
  return [
    ...counts,
    { metricName: `${name}_sum`, labels, value: buckets.sum },
    { metricName: `${name}_count`, labels, value },
  ];
}
