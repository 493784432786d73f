/** Makes an endpoint of each gateway when Nest wires it, and knows them all. */
import { Inject, Injectable, type Type } from '@nestjs/common';
import { ApplicationConfig, DiscoveryService } from '@nestjs/core';
import { TopicHub, type Clock, type Metrics } from '@sluice/engine';
import { HttpListeners, type HttpListener } from '../adapter/http-listeners.js';
import { OutboundWatch } from '../connection/outbound-watch.js';
import { FaultLog } from '../faults/fault-log.js';
import { EndpointCounters } from '../figures/endpoint-counters.js';
import { GatewayMetadataAccessor } from '../metadata/gateway-metadata.accessor.js';
import type { ChainGatewayOptions } from '../options/chain-gateway.options.js';
import { checkGatewayOptions } from '../options/check-options.js';
import { DEFAULT_LIMITS } from '../options/limits.js';
import type { SluiceOptions } from '../options/sluice.options.js';
import { CHECKED_OPTIONS, CLIENT_ADDRESS, CLOCK, METRICS } from '../sluice.tokens.js';
import { Admission } from '../upgrade/admission.js';
import type { ClientAddress } from '../upgrade/client-address.js';
import type { ConnectGuard } from '../upgrade/connect-guard.js';
import { ConnectionGate } from '../upgrade/connection-gate.js';
import { ChainEndpoint } from './chain-endpoint.js';
import { endpointSettings, type EndpointSettings } from './endpoint.settings.js';
import { GatewayHost } from './gateway-host.js';

/** An endpoint and what belongs to it. */
export interface RegisteredEndpoint {
  readonly endpoint: ChainEndpoint;
  readonly host: GatewayHost;
  readonly hub: TopicHub;
  readonly listener: HttpListener;
  /** Connections of this endpoint. */
  readonly gate: ConnectionGate;
  /** Instances of the gateway's guards; filled before clients are let in. */
  readonly guards: ConnectGuard[];
  readonly options: ChainGatewayOptions;
}

@Injectable()
export class EndpointRegistry {
  private readonly registered: RegisteredEndpoint[] = [];
  private readonly gate: ConnectionGate;
  private readonly outboundWatch: OutboundWatch;

  constructor(
    @Inject(CHECKED_OPTIONS) private readonly module: SluiceOptions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(CLIENT_ADDRESS) private readonly addressOf: ClientAddress,
    private readonly config: ApplicationConfig,
    private readonly discovery: DiscoveryService,
    private readonly accessor: GatewayMetadataAccessor,
    private readonly listeners: HttpListeners,
  ) {
    const limits = { ...DEFAULT_LIMITS, ...module.limits };
    this.gate = new ConnectionGate('this server', limits, clock);
    this.outboundWatch = new OutboundWatch(limits.totalOutboundBytes, clock);
  }

  get endpoints(): readonly RegisteredEndpoint[] {
    return this.registered;
  }

  /** Connections of all endpoints. */
  get connections(): ConnectionGate {
    return this.gate;
  }

  /**
   * Makes the endpoint of a gateway class, or of a class that inherits its decorator, and mounts it.
   *
   * @throws Error if the gateway cannot be told, or its path is taken.
   */
  add(decorated: object): RegisteredEndpoint {
    const host = this.findHost(decorated);
    const options = this.optionsOf(host, decorated);
    checkGatewayOptions(host.name, options);
    const settings = endpointSettings(options, this.module, this.prefix());
    const { clock, metrics } = this;
    const counters = new EndpointCounters(metrics, settings.name);
    const listener = this.listenerOf(settings, counters, options);
    const log = new FaultLog(host.name, clock);
    const guards: ConnectGuard[] = [];
    const gate = new ConnectionGate(settings.name, settings.limits, clock);
    const admission = new Admission({
      endpoint: settings.name,
      serverGate: this.gate,
      gate,
      sharesAddressLimit: options.limits?.connectionsPerAddress === undefined,
      admitsExcess: typeof settings.atLimit === 'object',
      origins: settings.origins,
      guards,
      handshakeMs: settings.limits.handshakeMs,
      clock,
      counters,
      log,
    });
    const hub = new TopicHub({
      codec: settings.codec,
      endpoint: settings.name,
      subscriptionKeys: settings.limits.subscriptionKeys,
      clock,
      metrics,
      onError: (error, { topic, stage }) => {
        log.internal(error, `${settings.name}: topic ${topic}, ${stage}`);
      },
    });
    const endpoint = new ChainEndpoint({
      gateway: host.name,
      settings,
      admission,
      hub,
      addressOf: this.addressOf,
      hooksOf: (client) => host.hooksOf(client),
      log,
      metrics,
      counters,
      tracing: this.module.tracing,
      outboundWatch: this.outboundWatch,
      clock,
    });
    const entry = { endpoint, host, hub, listener, gate, guards, options };
    this.assertPathsFree(entry);
    listener.router.mount(endpoint);
    this.registered.push(entry);
    return entry;
  }

  /** Resolves the guards of an endpoint's gateway. */
  async resolveGuards({ host, options, guards }: RegisteredEndpoint): Promise<void> {
    for (const guard of options.guards ?? []) {
      guards.push(typeof guard === 'function' ? await host.resolve(guard) : guard);
    }
  }

  private listenerOf(
    settings: EndpointSettings,
    counters: EndpointCounters,
    options: ChainGatewayOptions,
  ): HttpListener {
    const { port, address, http, tls, limits, atLimit, patterns } = settings;
    if (port === 0) return this.listeners.app;
    const listener = this.listeners.at(port, {
      address,
      http,
      handshakeMs: limits.handshakeMs,
      requiresHost: !patterns.some(({ isAny }) => isAny),
      connections: atLimit === 'drop' ? limits.connections : undefined,
      tls,
      tlsHandshakes: { ...DEFAULT_LIMITS, ...this.module.limits, ...options.limits },
    });
    if (atLimit === 'drop') {
      listener.server.on('drop', () => {
        counters.refused.add('limit');
      });
    }
    return listener;
  }

  private findHost(decorated: object): GatewayHost {
    const hosts = this.discovery.getProviders().filter(({ metatype }) => {
      if (metatype === decorated) return true;
      const inherits =
        typeof metatype === 'function' && Reflect.getPrototypeOf(metatype) === decorated;
      return inherits && this.accessor.gatewayOptions(metatype) === undefined;
    });
    const [host, second] = hosts;
    if (host === undefined || second !== undefined) {
      const name = (decorated as Type).name;
      throw new Error(
        host === undefined
          ? `${name} is provided by no module: add it to the providers of one`
          : `${name} is provided twice: leave it in the providers of one module`,
      );
    }
    return new GatewayHost(host.metatype as Type, host);
  }

  private optionsOf(host: GatewayHost, decorated: object): ChainGatewayOptions {
    const options = this.accessor.gatewayOptions(decorated);
    if (options === undefined) throw new Error(`${host.name} is no chain gateway`);
    return options.config === undefined ? options : { ...options, ...host.get(options.config) };
  }

  private prefix(): string {
    const prefix = this.config.getGlobalPrefix().replace(/^\/+|\/+$/g, '');
    return prefix === '' ? '' : `/${prefix}`;
  }

  private assertPathsFree({ endpoint, listener }: RegisteredEndpoint): void {
    const shapes = new Map(
      this.registered
        .filter((other) => other.listener === listener)
        .flatMap(({ endpoint: other }) =>
          other.settings.patterns.map(({ shape }) => [shape, other.gateway] as const),
        ),
    );
    for (const { shape, path } of endpoint.settings.patterns) {
      const taken = shapes.get(shape);
      if (taken === undefined) continue;
      throw new Error(`${endpoint.gateway} and ${taken} are both mounted at ${path}`);
    }
  }
}
