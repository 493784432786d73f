import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ApplicationConfig, DiscoveryModule } from '@nestjs/core';
import { EventBus, noMetrics, systemClock, type Clock, type Metrics } from '@sluice/engine';
import { HttpListeners } from './adapter/http-listeners.js';
import { installAdapter } from './adapter/install-adapter.js';
import { SluiceWsAdapter } from './adapter/sluice-ws.adapter.js';
import { EndpointRegistry } from './endpoint/endpoint.registry.js';
import { GatewayMetadataAccessor } from './metadata/gateway-metadata.accessor.js';
import type { SluiceOptions } from './options/sluice.options.js';
import { ConfigurableSluiceModule, SLUICE_OPTIONS } from './sluice.module-definition.js';
import { CLOCK, EVENT_LOG_STORE, METRICS } from './sluice.tokens.js';

/** Makes an application serve chain gateways. Imported once, with `forRoot()` or `forRootAsync()`; global. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: CLOCK,
      inject: [SLUICE_OPTIONS],
      useFactory: ({ clock }: SluiceOptions) => clock ?? systemClock,
    },
    {
      provide: METRICS,
      inject: [SLUICE_OPTIONS],
      useFactory: ({ metrics }: SluiceOptions) => metrics ?? noMetrics,
    },
    {
      provide: EVENT_LOG_STORE,
      inject: [SLUICE_OPTIONS],
      useFactory: ({ log }: SluiceOptions) => log,
    },
    {
      provide: EventBus,
      inject: [CLOCK, METRICS],
      useFactory: (clock: Clock, metrics: Metrics) => new EventBus({ clock, metrics }),
    },
    GatewayMetadataAccessor,
    HttpListeners,
    EndpointRegistry,
    SluiceWsAdapter,
  ],
  exports: [CLOCK, METRICS, EVENT_LOG_STORE, EventBus],
})
export class SluiceModule extends ConfigurableSluiceModule implements OnApplicationBootstrap {
  constructor(
    config: ApplicationConfig,
    adapter: SluiceWsAdapter,
    private readonly registry: EndpointRegistry,
    private readonly listeners: HttpListeners,
  ) {
    super();
    installAdapter(config, adapter);
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const { admission } of this.registry.endpoints) admission.begin();
    await this.listeners.listen();
  }
}
