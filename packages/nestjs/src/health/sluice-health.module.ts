import { Controller, Get, Inject, Module, UseGuards } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  TerminusModule,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { OperatorEndpoint } from '../operators/operator-endpoint.decorator.js';
import { HEALTH_LIMITS, type SluiceHealthOptions } from './sluice-health.options.js';
import { SluiceHealthIndicator } from './sluice.health-indicator.js';

/**
 * Health checks: `health/live` is answered with 200 as long as the process answers at all; `health/ready`, and `health`
 * itself, with 503 while clients should go elsewhere. Needs `SluiceModule` in the same application, and `@nestjs/terminus`.
 *
 * ```ts
 * SluiceHealthModule.forRoot({ path: 'health' })
 * ```
 */
@Module({})
export class SluiceHealthModule {
  /** @param options each has a default. */
  static forRoot(options: SluiceHealthOptions = {}): DynamicModule {
    const settings = { path: 'health', guards: [], imports: [], ...HEALTH_LIMITS, ...options };
    return {
      module: SluiceHealthModule,
      // Probes come every few seconds: what they find is in their answer, and not in the application's log each time.
      imports: [TerminusModule.forRoot({ logger: false }), ...settings.imports],
      providers: [SluiceHealthIndicator],
      controllers: [healthController(settings)],
      exports: [SluiceHealthIndicator],
    };
  }
}

/** A class of its own for each path and set of guards: decorators are all that Nest looks at. */
function healthController(settings: Required<Omit<SluiceHealthOptions, 'imports'>>): Type {
  @Controller(settings.path)
  @UseGuards(...settings.guards)
  @OperatorEndpoint()
  class SluiceHealthController {
    constructor(
      @Inject(HealthCheckService) private readonly health: HealthCheckService,
      @Inject(SluiceHealthIndicator) private readonly sluice: SluiceHealthIndicator,
    ) {}

    @Get('live')
    @HealthCheck()
    live(): Promise<HealthCheckResult> {
      return this.health.check([]);
    }

    @Get(['', 'ready'])
    @HealthCheck()
    ready(): Promise<HealthCheckResult> {
      return this.health.check([
        () => this.sluice.accepting(),
        () => this.sluice.log('log', settings),
        () => this.sluice.source('source', settings),
      ]);
    }
  }
  return SluiceHealthController;
}
