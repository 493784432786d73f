/** The HTTP servers that carry WebSockets: the application's, and one for each port a gateway asks for. */
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Counter, Metrics } from '@sluice/engine';
import { STATUS_CODES, type RequestListener, type Server } from 'node:http';
import { Server as TlsServer } from 'node:tls';
import type { ChainGatewayOptions } from '../options/chain-gateway.options.js';
import type { ListenerTls } from '../options/listener-tls.js';
import { OptionsError } from '../options/options.error.js';
import { refusedCounter } from '../figures/endpoint-counters.js';
import { METRICS } from '../sluice.tokens.js';
import { UpgradeRouter } from '../upgrade/upgrade-router.js';
import { ListenerServer } from './listener-server.js';
import { TlsHandshakes, type TlsHandshakeLimits } from './tls-handshakes.js';

/** One HTTP server and its upgrades. */
export interface HttpListener {
  readonly server: Server;
  readonly router: UpgradeRouter;
}

/** How a port of its own is opened. */
export interface ListenerOptions {
  readonly address?: ChainGatewayOptions['address'] | undefined;
  /** Default: 426 to every plain request. */
  readonly http?: ChainGatewayOptions['http'] | undefined;
  /** Most TCP connections at one address; one more is accepted and closed at once. Default: no limit. */
  readonly connections?: number | undefined;
  /** Whether requests without a Host header are answered with 400, as HTTP/1.1 has it; default true. */
  readonly requiresHost?: boolean;
  /** Time for the TLS handshake, and for a request's headers, milliseconds. */
  readonly handshakeMs: number;
  /** Default: none. */
  readonly tls?: ListenerTls | undefined;
  /** Most TLS handshakes under way; default: any number. */
  readonly tlsHandshakes?: TlsHandshakeLimits | undefined;
}

interface OwnListener extends HttpListener {
  readonly port: number;
  readonly addresses: readonly (string | undefined)[];
  readonly servers: ListenerServer;
  readonly tls: ListenerTls | undefined;
  readonly handshakes: TlsHandshakes;
  http: ListenerOptions['http'];
}

const NO_HANDSHAKE_LIMITS = { connections: Infinity, connectionsPerAddress: Infinity };

@Injectable()
export class HttpListeners {
  private application: HttpListener | undefined;
  private readonly own: OwnListener[] = [];

  private readonly unknownPaths: Counter;

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {
    this.unknownPaths = refusedCounter(metrics, '', 'path');
  }

  /** The application's own server; it does not exist yet while providers are made. */
  get app(): HttpListener {
    if (this.application === undefined) {
      const server = this.host.httpAdapter.getHttpServer() as Server;
      this.application = { server, router: this.routerOf(server, () => false) };
    }
    return this.application;
  }

  /**
   * A server apart from the application's, which listens after {@link listen}. The same port is the same server,
   * `'free'` is a new one each time.
   *
   * @throws Error if the port is asked for with another address, another answer to plain requests, or a second limit.
   * @throws OptionsError if it is asked for with other TLS.
   */
  at(port: number | 'free', options: ListenerOptions): HttpListener {
    const known = port === 'free' ? undefined : this.own.find((other) => other.port === port);
    if (known === undefined) return this.add(port === 'free' ? 0 : port, options);
    if (String(known.addresses) !== String([options.address].flat())) {
      throw new Error(`Port ${String(port)} is to listen on two addresses`);
    }
    if (known.tls !== options.tls) {
      const fault = 'tls: all gateways on it need the same object, or none';
      throw new OptionsError(`port ${String(port)}`, [fault]);
    }
    if (options.http !== undefined && options.http !== (known.http ??= options.http)) {
      throw new Error(`Port ${String(port)} is to answer plain requests in two ways`);
    }
    if (options.connections !== undefined) {
      if (known.server.maxConnections !== undefined) {
        throw new Error(`Port ${String(port)} is to have two limits of connections`);
      }
      known.server.maxConnections = options.connections;
    }
    known.handshakes.allow(options.tlsHandshakes ?? NO_HANDSHAKE_LIMITS);
    return known;
  }

  /** Opens the ports; rejects if one of them cannot be had. */
  async listen(): Promise<void> {
    this.application?.router.adoptOthers();
    await Promise.all(this.own.map(({ servers }) => servers.open()));
  }

  /** Reads the certificates of all listeners anew; rejects if one of them cannot use what it got. */
  async reloadCertificates(): Promise<void> {
    await Promise.all(this.own.map(({ servers }) => servers.reload()));
  }

  /** Takes our listener off the application's server and closes the others. */
  async dispose(): Promise<void> {
    this.application?.router.dispose();
    this.application = undefined;
    await Promise.all(this.own.splice(0).map(({ servers }) => servers.close()));
  }

  private routerOf(server: Server, plain: () => boolean): UpgradeRouter {
    return new UpgradeRouter(server, plain, () => {
      this.unknownPaths.add();
    });
  }

  private add(port: number, options: ListenerOptions): HttpListener {
    const { address, http, handshakeMs, connections, requiresHost = true, tls } = options;
    const settings = {
      requireHostHeader: requiresHost,
      // Routes of the application may take long uploads.
      ...(http === undefined && { requestTimeout: handshakeMs }),
      headersTimeout: handshakeMs,
      connectionsCheckingInterval: Math.min(handshakeMs, 1000),
    };
    const handshakes = new TlsHandshakes({
      limit: refusedCounter(this.metrics, '', 'limit'),
      failed: refusedCounter(this.metrics, '', 'tls'),
    });
    handshakes.allow(options.tlsHandshakes ?? NO_HANDSHAKE_LIMITS);
    const addresses = [address].flat();
    const secure = tls && { options: tls, handshakes };
    const servers = new ListenerServer({ port, addresses, settings, handshakeMs, tls: secure });
    const { server } = servers;
    if (connections !== undefined) server.maxConnections = connections;
    const router = this.routerOf(server, () => listener.http !== undefined);
    const place = { port, addresses };
    const listener: OwnListener = { server, router, ...place, servers, tls, handshakes, http };
    server.on('request', (request, response) => {
      if (listener.http === 'application') this.app.server.emit('request', request, response);
      else (listener.http ?? upgradeRequired)(request, response);
    });
    this.own.push(listener);
    return listener;
  }
}

const upgradeRequired: RequestListener = (_, response) => {
  response.writeHead(426, { Connection: 'close', Upgrade: 'websocket' });
  response.end(STATUS_CODES[426]);
};

/** Whether a listener speaks TLS: `wss://`, `https://`. */
export function isSecure({ server }: HttpListener): boolean {
  return server instanceof TlsServer;
}
