import { Controller, Get, Header, Inject, Module, UseGuards } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { prometheusContentType, register } from 'prom-client';
import { OperatorEndpoint } from '../operators/operator-endpoint.decorator.js';
import { METRICS_OPTIONS, SluicePrometheus } from './prometheus.service.js';
import type { SluiceMetricsOptions } from './sluice-metrics.options.js';

/**
 * Shows everything that is counted to Prometheus. Needs `SluiceModule` in the same application, and `prom-client`.
 *
 * ```ts
 * SluiceMetricsModule.forRoot({ path: 'metrics' })
 * ```
 */
@Module({})
export class SluiceMetricsModule {
  /** @param options each has a default. */
  static forRoot(options: SluiceMetricsOptions = {}): DynamicModule {
    const settings: Required<SluiceMetricsOptions> = {
      path: 'metrics',
      register,
      processMetrics: true,
      guards: [],
      imports: [],
      ...options,
    };
    return {
      module: SluiceMetricsModule,
      imports: settings.imports,
      providers: [{ provide: METRICS_OPTIONS, useValue: settings }, SluicePrometheus],
      controllers: [metricsController(settings)],
      exports: [SluicePrometheus],
    };
  }
}

/** A class of its own for each path and set of guards: decorators are all that Nest looks at. */
function metricsController({ path, guards }: Required<SluiceMetricsOptions>): Type {
  @Controller(path)
  @UseGuards(...guards)
  @OperatorEndpoint()
  class SluiceMetricsController {
    constructor(@Inject(SluicePrometheus) private readonly prometheus: SluicePrometheus) {}

    @Get()
    @Header('Content-Type', prometheusContentType)
    @Header('Cache-Control', 'no-store')
    text(): Promise<string> {
      return this.prometheus.text();
    }
  }
  return SluiceMetricsController;
}
