import type { MetricDefinition, MetricLabels } from './metric-definition.js';

/** A number that only grows. */
export interface Counter {
  /** @param by default 1. */
  add(by?: number): void;
}

/** Counts observations by size. */
export interface Histogram {
  observe(value: number): void;
}

/** Takes the figures of this moment. What is reported twice with the same labels adds up. */
export interface MetricReport {
  gauge<L extends string>(
    definition: MetricDefinition<'gauge', L>,
    labels: MetricLabels<L>,
    value: number,
  ): void;
  /** One of the things that are distributed. */
  distribution<L extends string>(
    definition: MetricDefinition<'distribution', L>,
    labels: MetricLabels<L>,
    value: number,
  ): void;
}

/** Works figures out when somebody looks. */
export type MetricObserver = (report: MetricReport) => void;

/**
 * Port for everything that is counted. Whoever counts on the path of events asks for its counters once and keeps them:
 * then a count is an addition.
 */
export interface Metrics {
  /** The counter with these labels, made on first use; always the same one. */
  counter<L extends string>(
    definition: MetricDefinition<'counter', L>,
    labels: MetricLabels<L>,
  ): Counter;
  /** The histogram with these labels, made on first use; always the same one. */
  histogram<L extends string>(
    definition: MetricDefinition<'histogram', L>,
    labels: MetricLabels<L>,
  ): Histogram;
  /**
   * Asks `observer` whenever somebody looks; it must be quick. If it throws, what it has not reported is missing.
   *
   * @param definitions all that it may report, so that they are known before.
   * @returns a function that ends this.
   */
  observe(
    definitions: readonly MetricDefinition<'gauge' | 'distribution'>[],
    observer: MetricObserver,
  ): () => void;
}

const nothing = { add: () => undefined, observe: () => undefined };

/** Counts nothing: for parts of the engine that are used alone. */
export const noMetrics: Metrics = {
  counter: () => nothing,
  histogram: () => nothing,
  observe: () => () => undefined,
};
