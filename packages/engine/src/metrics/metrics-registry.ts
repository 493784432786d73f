/**
 * Keeps everything that is counted, in this process and without any library. Exporters and pages read the same figures:
 * nothing is counted twice.
 */
import { SluiceError } from '../errors.js';
import { BucketCounts } from './bucket-counts.js';
import { engineMetrics } from './engine-metrics.js';
import type { MetricDefinition, MetricLabels } from './metric-definition.js';
import type { Counter, Histogram, MetricObserver, MetricReport, Metrics } from './metrics.js';

/** One value of a metric, or one set of buckets. */
export interface MetricSample {
  readonly labels: MetricLabels;
  /** Of histograms and distributions: how many observations there are. */
  readonly value: number;
  /** Only of histograms and distributions. */
  readonly buckets?: {
    /** Observations by bucket, not added up; one more than the definition has bounds. */
    readonly counts: readonly number[];
    readonly sum: number;
  };
}

/** A metric and its values at one moment. */
export interface MetricFamily {
  readonly definition: MetricDefinition;
  readonly samples: readonly MetricSample[];
}

/** An observer, and the names of what it may report. */
interface Observation {
  readonly names: ReadonlySet<string>;
  readonly observer: MetricObserver;
}

class Count implements Counter {
  value = 0;

  add(by = 1): void {
    this.value += by;
  }
}

/** All values of one metric, by the values of its labels. */
class Series<T> {
  private readonly entries = new Map<
    string,
    { readonly labels: MetricLabels; readonly value: T }
  >();

  constructor(readonly definition: MetricDefinition) {}

  /** @throws SluiceError `INVALID` if a label has no value. */
  at(labels: MetricLabels, make: () => T): T {
    const key = this.keyOf(labels);
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = { labels: { ...labels }, value: make() };
      this.entries.set(key, entry);
    }
    return entry.value;
  }

  family(sample: (value: T) => Omit<MetricSample, 'labels'>): MetricFamily {
    const samples = [...this.entries.values()].map(({ labels, value }) => ({
      labels,
      ...sample(value),
    }));
    return { definition: this.definition, samples };
  }

  private keyOf(labels: MetricLabels): string {
    const { name, labels: names } = this.definition;
    const values = names.map((label) => {
      const value = labels[label];
      if (value === undefined) throw new SluiceError('INVALID', `${name} needs a ${label}`);
      return value;
    });
    return JSON.stringify(values);
  }
}

const ofCount = ({ value }: Count) => ({ value });
const ofBuckets = ({ count, counts, sum }: BucketCounts) => ({
  value: count,
  buckets: { counts: [...counts], sum },
});

export class MetricsRegistry implements Metrics {
  private readonly definitions = new Map<string, MetricDefinition>();
  private readonly counts = new Map<string, Series<Count>>();
  private readonly histograms = new Map<string, Series<BucketCounts>>();
  private readonly observers = new Set<Observation>();
  private readonly failures = this.counter(engineMetrics.observationFailures, {});

  counter<L extends string>(
    definition: MetricDefinition<'counter', L>,
    labels: MetricLabels<L>,
  ): Counter {
    return this.series(this.counts, definition).at(labels, () => new Count());
  }

  histogram<L extends string>(
    definition: MetricDefinition<'histogram', L>,
    labels: MetricLabels<L>,
  ): Histogram {
    const { buckets } = definition;
    return this.series(this.histograms, definition).at(labels, () => new BucketCounts(buckets));
  }

  observe(
    definitions: readonly MetricDefinition<'gauge' | 'distribution'>[],
    observer: MetricObserver,
  ): () => void {
    for (const definition of definitions) this.define(definition);
    const observation = { names: new Set(definitions.map(({ name }) => name)), observer };
    this.observers.add(observation);
    return () => this.observers.delete(observation);
  }

  /** Every metric with its values of this moment, in the order in which they became known. */
  snapshot(): readonly MetricFamily[] {
    const observed = this.ask(this.observers);
    return [...this.definitions.values()].map((definition) => this.familyOf(definition, observed));
  }

  /** One metric with its values of this moment. Only observers that may report it are asked. */
  family(definition: MetricDefinition): MetricFamily {
    const asked = [...this.observers].filter(({ names }) => names.has(definition.name));
    return this.familyOf(definition, this.ask(asked));
  }

  /** Sum of a metric's values of this moment over all that have at least these labels; 0 if there is none. */
  total<L extends string>(
    definition: MetricDefinition<MetricDefinition['kind'], L>,
    labels: Partial<MetricLabels<L>> = {},
  ): number {
    const wanted = Object.entries(labels);
    return this.family(definition)
      .samples.filter((sample) => wanted.every(([label, value]) => sample.labels[label] === value))
      .reduce((sum, { value }) => sum + value, 0);
  }

  private familyOf(definition: MetricDefinition, observed: Observed): MetricFamily {
    const { name } = definition;
    const counts = this.counts.get(name) ?? observed.gauges.get(name);
    const buckets = this.histograms.get(name) ?? observed.distributions.get(name);
    return counts?.family(ofCount) ?? buckets?.family(ofBuckets) ?? { definition, samples: [] };
  }

  private ask(observers: Iterable<Observation>): Observed {
    const observed = new Observed();
    for (const { observer } of observers) {
      try {
        observer(observed);
      } catch {
        this.failures.add();
      }
    }
    return observed;
  }

  private series<T extends Count | BucketCounts>(
    of: Map<string, Series<T>>,
    definition: MetricDefinition,
  ): Series<T> {
    this.define(definition);
    return seriesIn(of, definition);
  }

  /** One name means one thing, or figures of different things would be added up. */
  private define(definition: MetricDefinition): void {
    const known = this.definitions.get(definition.name);
    if (known === undefined) this.definitions.set(definition.name, definition);
    else if (known !== definition && !isSame(known, definition)) {
      throw new SluiceError('INVALID', `${definition.name} is defined twice`);
    }
  }
}

/** What the observers tell of one moment. */
class Observed implements MetricReport {
  readonly gauges = new Map<string, Series<Count>>();
  readonly distributions = new Map<string, Series<BucketCounts>>();

  gauge(definition: MetricDefinition, labels: MetricLabels, value: number): void {
    seriesIn(this.gauges, definition)
      .at(labels, () => new Count())
      .add(value);
  }

  distribution(definition: MetricDefinition, labels: MetricLabels, value: number): void {
    seriesIn(this.distributions, definition)
      .at(labels, () => new BucketCounts(definition.buckets))
      .observe(value);
  }
}

function seriesIn<T>(of: Map<string, Series<T>>, definition: MetricDefinition): Series<T> {
  let series = of.get(definition.name);
  if (series === undefined) {
    series = new Series(definition);
    of.set(definition.name, series);
  }
  return series;
}

function isSame(one: MetricDefinition, other: MetricDefinition): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
