import { Module, type DynamicModule } from '@nestjs/common';
import { ApplicationConfig, DiscoveryModule } from '@nestjs/core';
import { EventBus, MetricsRegistry, systemClock, type Clock } from '@sluice/engine';
import { HttpListeners } from './adapter/http-listeners.js';
import { installAdapter } from './adapter/install-adapter.js';
import { SluiceWsAdapter } from './adapter/sluice-ws.adapter.js';
import { TlsCertificates } from './adapter/tls-certificates.js';
import { GatewayCatalogue } from './catalogue/gateway-catalogue.js';
import { EndpointRegistry } from './endpoint/endpoint.registry.js';
import { LogObserver } from './figures/log.observer.js';
import { OperatorListener } from './operators/operator-listener.js';
import { GatewayMetadataAccessor } from './metadata/gateway-metadata.accessor.js';
import { checkModuleOptions } from './options/check-options.js';
import type { SluiceOptions } from './options/sluice.options.js';
import { SessionRegistry } from './registry/session-registry.js';
import { nodeBridge } from './role/node-bridge.js';
import { ServingPhase } from './serving-phase.js';
import { SluiceLifecycle } from './sluice.lifecycle.js';
import { ConfigurableSluiceModule, SLUICE_OPTIONS } from './sluice.module-definition.js';
import {
  CHECKED_OPTIONS,
  CLIENT_ADDRESS,
  CLOCK,
  EVENT_LOG_STORE,
  METRICS,
  ROLE,
} from './sluice.tokens.js';
import { TopicRegistrar } from './topics/topic.registrar.js';
import { clientAddress } from './upgrade/client-address.js';

/** Makes an application serve chain gateways. Imported once, with `forRoot()` or `forRootAsync()`; global. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: CHECKED_OPTIONS, inject: [SLUICE_OPTIONS], useFactory: checkModuleOptions },
    {
      provide: CLOCK,
      inject: [CHECKED_OPTIONS],
      useFactory: ({ clock }: SluiceOptions) => clock ?? systemClock,
    },
    {
      provide: METRICS,
      inject: [CHECKED_OPTIONS],
      useFactory: ({ metrics }: SluiceOptions) => metrics ?? new MetricsRegistry(),
    },
    {
      provide: EVENT_LOG_STORE,
      inject: [CHECKED_OPTIONS],
      useFactory: ({ log }: SluiceOptions) => log,
    },
    {
      provide: ROLE,
      inject: [CHECKED_OPTIONS],
      useFactory: ({ role = 'writer' }: SluiceOptions) => role,
    },
    {
      provide: CLIENT_ADDRESS,
      inject: [CHECKED_OPTIONS],
      useFactory: ({ trustedProxies }: SluiceOptions) => clientAddress(trustedProxies),
    },
    {
      provide: EventBus,
      inject: [CLOCK, METRICS, CHECKED_OPTIONS],
      useFactory: (clock: Clock, metrics: MetricsRegistry, { tracing }: SluiceOptions) =>
        new EventBus({ clock, metrics, ...(tracing !== undefined && { tracing }) }),
    },
    nodeBridge,
    ServingPhase,
    GatewayMetadataAccessor,
    HttpListeners,
    TlsCertificates,
    OperatorListener,
    EndpointRegistry,
    TopicRegistrar,
    SessionRegistry,
    GatewayCatalogue,
    SluiceWsAdapter,
    SluiceLifecycle,
    LogObserver,
  ],
  exports: [
    CLIENT_ADDRESS,
    CLOCK,
    METRICS,
    EVENT_LOG_STORE,
    ROLE,
    EventBus,
    ServingPhase,
    SessionRegistry,
    GatewayCatalogue,
    TlsCertificates,
    OperatorListener,
  ],
})
export class SluiceModule extends ConfigurableSluiceModule {
  constructor(config: ApplicationConfig, adapter: SluiceWsAdapter) {
    super();
    installAdapter(config, adapter);
  }

  /** @param options each has a default. */
  static override forRoot(options: SluiceOptions = {}): DynamicModule {
    return super.forRoot(options);
  }
}
