import { Inject, Injectable, type InjectionToken } from '@nestjs/common';
import type { MetricsRegistry } from '@sluice/engine';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { METRICS } from '../sluice.tokens.js';
import { prometheusMetric } from './prometheus-family.js';
import type { SluiceMetricsOptions } from './sluice-metrics.options.js';

/** The module's options with everything filled in. */
export const METRICS_OPTIONS: InjectionToken<Required<SluiceMetricsOptions>> =
  Symbol('METRICS_OPTIONS');

/** What is there once per registry, however many applications a process has. */
const PROCESS_METRIC = 'process_cpu_user_seconds_total';

/** Injectable: everything that is counted, in Prometheus' text format. */
@Injectable()
export class SluicePrometheus {
  constructor(
    @Inject(METRICS) private readonly metrics: MetricsRegistry,
    @Inject(METRICS_OPTIONS) private readonly options: Required<SluiceMetricsOptions>,
  ) {
    const { register, processMetrics } = options;
    if (!processMetrics || register.getSingleMetric(PROCESS_METRIC) !== undefined) return;
    collectDefaultMetrics({ register });
  }

  /** Figures of this moment: those of Sluice, and whatever the application keeps in its own registry. */
  text(): Promise<string> {
    const page = new Registry();
    for (const family of this.metrics.snapshot()) page.registerMetric(prometheusMetric(family));
    return Registry.merge([page, this.options.register]).metrics();
  }
}
