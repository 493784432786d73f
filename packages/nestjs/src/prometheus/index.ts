/** `@sluice/nestjs/metrics`: needs `prom-client`. */
export { SluiceMetricsModule } from './sluice-metrics.module.js';
export type { SluiceMetricsOptions } from './sluice-metrics.options.js';
export { SluicePrometheus } from './prometheus.service.js';
