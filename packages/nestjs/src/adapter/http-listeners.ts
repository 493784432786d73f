/** The HTTP servers that carry WebSockets: the application's, and one for each port a gateway asks for. */
import { Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import type { ChainGatewayOptions } from '../options/chain-gateway.options.js';
import { UpgradeRouter } from '../upgrade/upgrade-router.js';

/** One HTTP server and its upgrades. */
export interface HttpListener {
  readonly server: Server;
  readonly router: UpgradeRouter;
}

/** How a port of its own is opened. */
export interface ListenerOptions {
  /** Default: all addresses. */
  readonly address?: string | undefined;
  /** Default: 426 to every plain request. */
  readonly http?: ChainGatewayOptions['http'] | undefined;
  /** Time for a request's headers, milliseconds. */
  readonly handshakeMs: number;
}

interface OwnListener extends HttpListener {
  readonly port: number;
  readonly address: string | undefined;
  http: ListenerOptions['http'];
}

const logger = new Logger('HttpListeners');

@Injectable()
export class HttpListeners {
  private application: HttpListener | undefined;
  private readonly own: OwnListener[] = [];

  constructor(private readonly host: HttpAdapterHost) {}

  /** The application's own server; it does not exist yet while providers are made. */
  get app(): HttpListener {
    if (this.application === undefined) {
      const server = this.host.httpAdapter.getHttpServer() as Server;
      this.application = { server, router: new UpgradeRouter(server) };
    }
    return this.application;
  }

  /**
   * A server apart from the application's, which listens after {@link listen}. The same port is the same server,
   * `'free'` is a new one each time.
   *
   * @throws Error if the port is asked for with another address, or with another answer to plain requests.
   */
  at(port: number | 'free', options: ListenerOptions): HttpListener {
    const known = port === 'free' ? undefined : this.own.find((other) => other.port === port);
    if (known === undefined) return this.add(port === 'free' ? 0 : port, options);
    if (known.address !== options.address) {
      throw new Error(`Port ${String(port)} is to listen on two addresses`);
    }
    if (options.http !== undefined && options.http !== (known.http ??= options.http)) {
      throw new Error(`Port ${String(port)} is to answer plain requests in two ways`);
    }
    return known;
  }

  /** Opens the ports; rejects if one of them cannot be had. */
  async listen(): Promise<void> {
    this.application?.router.adoptOthers();
    await Promise.all(this.own.map(listening));
  }

  /** Takes our listener off the application's server and closes the others. */
  async dispose(): Promise<void> {
    this.application?.router.dispose();
    this.application = undefined;
    const servers = this.own.splice(0).map(({ server }) => server);
    await Promise.all(servers.map(closed));
  }

  private add(port: number, { address, http, handshakeMs }: ListenerOptions): HttpListener {
    const server = createServer({
      // Routes of the application may take long uploads.
      ...(http === undefined && { requestTimeout: handshakeMs }),
      headersTimeout: handshakeMs,
      connectionsCheckingInterval: Math.min(handshakeMs, 1000),
    });
    const listener: OwnListener = {
      server,
      router: new UpgradeRouter(server),
      port,
      address,
      http,
    };
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

/** Port a server listens on; undefined if it does not. */
export function boundPort(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

function listening({ server, port, address }: OwnListener): Promise<void> {
  return new Promise((resolve, reject) => {
    // Stays for good: what fails later, such as an accept without file descriptors, must not end the process.
    server.on('error', (error) => {
      if (server.listening) logger.error(`Port ${String(port)}: ${error.message}`);
      reject(error);
    });
    server.listen({ port, host: address }, resolve);
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
