/** The HTTP servers that carry WebSockets: the application's, and one for each port a gateway asks for. */
import { Inject, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Counter, Metrics } from '@sluice/engine';
import { lookup } from 'node:dns/promises';
import {
  createServer,
  STATUS_CODES,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import { isIP, type ListenOptions, type Socket } from 'node:net';
import type { ChainGatewayOptions } from '../options/chain-gateway.options.js';
import { refusedCounter } from '../figures/endpoint-counters.js';
import { METRICS } from '../sluice.tokens.js';
import { UpgradeRouter } from '../upgrade/upgrade-router.js';

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
  /** Time for a request's headers, milliseconds. */
  readonly handshakeMs: number;
}

interface OwnListener extends HttpListener {
  readonly port: number;
  readonly addresses: readonly (string | undefined)[];
  http: ListenerOptions['http'];
  readonly settings: ServerOptions;
  /** Servers at the further addresses of a name; they hand everything to the first. */
  readonly others: Server[];
  /** Open connections, also those that are no longer HTTP, of which `http` keeps no account. */
  readonly sockets: Set<Socket>;
}

const logger = new Logger('HttpListeners');

@Injectable()
export class HttpListeners {
  private application: HttpListener | undefined;
  private readonly own: OwnListener[] = [];

  private readonly unknownPaths: Counter;

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(METRICS) metrics: Metrics,
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
   */
  at(port: number | 'free', options: ListenerOptions): HttpListener {
    const known = port === 'free' ? undefined : this.own.find((other) => other.port === port);
    if (known === undefined) return this.add(port === 'free' ? 0 : port, options);
    if (String(known.addresses) !== String([options.address].flat())) {
      throw new Error(`Port ${String(port)} is to listen on two addresses`);
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
    return known;
  }

  /** Opens the ports; rejects if one of them cannot be had. */
  async listen(): Promise<void> {
    this.application?.router.adoptOthers();
    await Promise.all(this.own.map(open));
  }

  /** Takes our listener off the application's server and closes the others. */
  async dispose(): Promise<void> {
    this.application?.router.dispose();
    this.application = undefined;
    await Promise.all(this.own.splice(0).map(close));
  }

  private routerOf(server: Server, plain: () => boolean): UpgradeRouter {
    return new UpgradeRouter(server, plain, () => {
      this.unknownPaths.add();
    });
  }

  private add(port: number, options: ListenerOptions): HttpListener {
    const { address, http, handshakeMs, connections, requiresHost = true } = options;
    const settings = {
      requireHostHeader: requiresHost,
      // Routes of the application may take long uploads.
      ...(http === undefined && { requestTimeout: handshakeMs }),
      headersTimeout: handshakeMs,
      connectionsCheckingInterval: Math.min(handshakeMs, 1000),
    };
    const server = createServer(settings);
    if (connections !== undefined) server.maxConnections = connections;
    const listener: OwnListener = {
      server,
      router: this.routerOf(server, () => listener.http !== undefined),
      port,
      addresses: [address].flat(),
      http,
      settings,
      others: [],
      sockets: new Set(),
    };
    keepAccount(server, listener.sockets);
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

/** Where a listener is to be heard. */
interface Place {
  readonly host: string | undefined;
  /** Whether it came with a name: `localhost` also names `::1` where the machine has no IPv6. */
  readonly byName: boolean;
}

async function open(listener: OwnListener): Promise<void> {
  const { server } = listener;
  let missing: unknown;
  for (const { host, byName } of await placesOf(listener.addresses)) {
    try {
      if (server.listening) await listening(further(listener), { port: boundPort(server), host });
      else await listening(server, { port: listener.port, host });
    } catch (error) {
      if (!(byName && isMissing(error))) throw error;
      missing = error;
    }
  }
  if (!server.listening) throw missing;
}

function further({ server, settings, others, sockets }: OwnListener): Server {
  const other = createServer(settings);
  other.maxConnections = server.maxConnections;
  keepAccount(other, sockets);
  other.on('request', (...request) => server.emit('request', ...request));
  other.on('upgrade', (...upgrade) => server.emit('upgrade', ...upgrade));
  others.push(other);
  return other;
}

function keepAccount(server: Server, sockets: Set<Socket>): void {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
}

/** Names become all their addresses. */
async function placesOf(names: readonly (string | undefined)[]): Promise<readonly Place[]> {
  const found = names.map(async (name): Promise<Place[]> => {
    if (name === undefined || isIP(name) !== 0) return [{ host: name, byName: false }];
    const addresses = await lookup(name, { all: true });
    return addresses.map(({ address }) => ({ host: address, byName: true }));
  });
  const places = (await Promise.all(found)).flat();
  return [...new Map(places.map((place) => [place.host, place])).values()];
}

/** Whether the machine does not have an address. */
function isMissing(error: unknown): boolean {
  return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function listening(server: Server, { port, host }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      // Stays for good: what fails later, such as an accept without file descriptors, must not end the process.
      server.on('error', (error) => {
        logger.error(`Port ${String(port)}: ${error.message}`);
      });
      resolve();
    });
  });
}

/** Cuts what is left: a client that does not let go must not hold shutdown up. */
async function close({ server, others, sockets }: OwnListener): Promise<void> {
  const closed = [server, ...others].map(
    (one) =>
      new Promise<void>((resolve) => {
        one.close(() => {
          resolve();
        });
      }),
  );
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
}
