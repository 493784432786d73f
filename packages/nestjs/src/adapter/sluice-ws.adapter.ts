/**
 * The application's WebSocket adapter: chain gateways become endpoints, everything else goes to the adapter the
 * application has chosen.
 */
import { Injectable, type WebSocketAdapter, type WsMessageHandler } from '@nestjs/common';
import type { ChainGatewayTag } from '../decorators/chain-gateway.decorator.js';
import { commandHandlers } from '../connection/command-runner.js';
import type { ConnectClient } from '../endpoint/chain-endpoint.js';
import { EndpointRegistry, type RegisteredEndpoint } from '../endpoint/endpoint.registry.js';
import { HttpListeners } from './http-listeners.js';
import { StockWsAdapter } from './stock-ws.adapter.js';

type Transform = Parameters<WebSocketAdapter['bindMessageHandlers']>[2];
type Callback = Parameters<WebSocketAdapter['bindClientConnect']>[1];

interface WiredEndpoint extends RegisteredEndpoint {
  readonly showHooks: () => void;
}

@Injectable()
export class SluiceWsAdapter implements WebSocketAdapter<object, object, object> {
  private readonly wired = new Map<object, WiredEndpoint>();
  private chosen: WebSocketAdapter | undefined;

  constructor(
    private readonly registry: EndpointRegistry,
    private readonly listeners: HttpListeners,
  ) {}

  /** Makes `adapter` the one for gateways without a dialect. */
  wrap(adapter: WebSocketAdapter): void {
    this.chosen = adapter;
  }

  /** Whether HTTP connections are cut at shutdown; set by Nest for adapters that share the HTTP server. */
  set forceCloseConnections(value: boolean) {
    Object.assign(this.others, { forceCloseConnections: value });
  }

  create(port: number, options?: object): object {
    const decorated = (options as Partial<ChainGatewayTag> | undefined)?.chainGateway;
    if (decorated === undefined) {
      return this.listeners.app.router.adoptListeners(
        () => this.others.create(port, options) as object,
      );
    }
    const entry = this.registry.add(decorated);
    this.wired.set(entry.endpoint.server, { ...entry, showHooks: entry.host.hideHooks() });
    return entry.endpoint.server;
  }

  bindClientConnect(server: object, callback: Callback): void {
    const wired = this.wired.get(server);
    if (wired === undefined) {
      this.others.bindClientConnect(server, callback);
      return;
    }
    wired.showHooks();
    // Nest's type says no more than `Function`.
    wired.endpoint.bindGateway(callback as ConnectClient);
  }

  bindClientDisconnect(client: object, callback: Callback): void {
    if (this.endpointOf(client) === undefined) this.others.bindClientDisconnect?.(client, callback);
  }

  bindMessageHandlers(client: object, handlers: WsMessageHandler[], transform: Transform): void {
    const endpoint = this.endpointOf(client);
    if (endpoint === undefined) this.others.bindMessageHandlers(client, handlers, transform);
    else endpoint.connections.get(client)?.bindHandlers(commandHandlers(handlers));
  }

  async close(server: object): Promise<void> {
    const wired = this.wired.get(server);
    if (wired === undefined) await this.others.close(server);
    else wired.endpoint.terminate();
  }

  async dispose(): Promise<void> {
    this.wired.clear();
    await (this.others as { dispose?(): Promise<void> }).dispose?.();
    await this.listeners.dispose();
  }

  private get others(): WebSocketAdapter {
    this.chosen ??= new StockWsAdapter(this.listeners);
    return this.chosen;
  }

  private endpointOf(client: object): RegisteredEndpoint['endpoint'] | undefined {
    for (const { endpoint } of this.wired.values()) {
      if (endpoint.connections.has(client)) return endpoint;
    }
    return undefined;
  }
}
