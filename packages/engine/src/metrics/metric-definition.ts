import { SluiceError } from '../errors.js';

/**
 * - `counter`: only grows.
 * - `gauge`: a value of this moment, worked out when somebody looks.
 * - `histogram`: how many observations fell into each bucket since the start.
 * - `distribution`: how many things are in each bucket at this moment, worked out when somebody looks.
 */
export type MetricKind = 'counter' | 'gauge' | 'histogram' | 'distribution';

/** What a metric is called and what it tells. */
export interface MetricDefinition<K extends MetricKind = MetricKind, L extends string = string> {
  readonly kind: K;
  /** As exporters show it, unit included: `sluice_bytes_sent_total`, `sluice_log_append_seconds`. */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
  /** Names of its labels. Their values are never anything that a client chooses freely. */
  readonly labels: readonly L[];
  /** Upper bounds, rising, each included in its bucket; what is above the last one is counted too. Else empty. */
  readonly buckets: readonly number[];
}

/** A value for each label. */
export type MetricLabels<L extends string = string> = Readonly<Record<L, string>>;

const METRIC_NAME = /^[a-z_][a-z0-9_]*$/;

/** @throws SluiceError `INVALID` if a name cannot be exported. */
export function defineCounter<const L extends string = never>(
  name: string,
  help: string,
  labels: readonly L[] = [],
): MetricDefinition<'counter', L> {
  return define('counter', name, help, labels, []);
}

/** @throws SluiceError `INVALID` if a name cannot be exported. */
export function defineGauge<const L extends string = never>(
  name: string,
  help: string,
  labels: readonly L[] = [],
): MetricDefinition<'gauge', L> {
  return define('gauge', name, help, labels, []);
}

/** @throws SluiceError `INVALID` if a name cannot be exported, or the buckets do not rise. */
export function defineHistogram<const L extends string = never>(
  name: string,
  help: string,
  buckets: readonly number[],
  labels: readonly L[] = [],
): MetricDefinition<'histogram', L> {
  return define('histogram', name, help, labels, buckets);
}

/** @throws SluiceError `INVALID` if a name cannot be exported, or the buckets do not rise. */
export function defineDistribution<const L extends string = never>(
  name: string,
  help: string,
  buckets: readonly number[],
  labels: readonly L[] = [],
): MetricDefinition<'distribution', L> {
  return define('distribution', name, help, labels, buckets);
}

function define<K extends MetricKind, L extends string>(
  kind: K,
  name: string,
  help: string,
  labels: readonly L[],
  buckets: readonly number[],
): MetricDefinition<K, L> {
  for (const part of [name, ...labels]) {
    if (!METRIC_NAME.test(part)) throw new SluiceError('INVALID', `No metric can be named ${part}`);
  }
  // Exporters name the bounds of buckets by it.
  const rising = buckets.every((bound, index) => index === 0 || bound > (buckets[index - 1] ?? 0));
  if (!rising || (labels as readonly string[]).includes('le')) {
    throw new SluiceError('INVALID', `${name} has buckets or labels that cannot be used`);
  }
  return { kind, name, help, labels, buckets };
}
