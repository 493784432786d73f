/** A listener apart from the application's own: one HTTP server for each address, over TLS if that is asked for. */
import { Logger } from '@nestjs/common';
import { lookup } from 'node:dns/promises';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { isIP, type ListenOptions, type Socket } from 'node:net';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { ListenerTls } from '../options/listener-tls.js';
import type { TlsHandshakes } from './tls-handshakes.js';

/** What a {@link ListenerServer} is made of. */
export interface ListenerServerOptions {
  readonly port: number;
  readonly addresses: readonly (string | undefined)[];
  readonly settings: ServerOptions;
  /** Time for the TLS handshake, milliseconds. */
  readonly handshakeMs: number;
  readonly tls?: { readonly options: ListenerTls; readonly handshakes: TlsHandshakes } | undefined;
}

const logger = new Logger('HttpListeners');

/** Port a server listens on; undefined if it does not. */
export function boundPort(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

export class ListenerServer {
  readonly server: Server;
  /** Servers at the further addresses of a name; they hand everything to the first. */
  private readonly others: Server[] = [];
  /** Open connections, also those that are no longer HTTP, of which `http` keeps no account. */
  private readonly sockets = new Set<Socket>();
  /** What `load` has answered last. */
  private loaded: SecureContextOptions = {};

  constructor(private readonly options: ListenerServerOptions) {
    this.server = this.create();
  }

  /** Opens the port at every address; rejects if it cannot be had, or certificates cannot be read. */
  async open(): Promise<void> {
    await this.reload();
    let missing: unknown;
    for (const { host, byName } of await placesOf(this.options.addresses)) {
      try {
        if (this.server.listening) {
          await listening(this.further(), { port: boundPort(this.server), host });
        } else {
          await listening(this.server, { port: this.options.port, host });
        }
      } catch (error) {
        if (!(byName && isMissing(error))) throw error;
        missing = error;
      }
    }
    if (!this.server.listening) throw missing;
  }

  /** Reads the certificates anew. Connections that are there stay, and so do the old certificates if it rejects. */
  async reload(): Promise<void> {
    const tls = this.options.tls?.options;
    if (tls?.load === undefined) return;
    const loaded = await tls.load();
    const context = { ...tls, ...loaded };
    createSecureContext(context);
    this.loaded = loaded;
    for (const server of [this.server, ...this.others]) {
      (server as TlsServer).setSecureContext(context);
    }
  }

  /** Cuts what is left: a client that does not let go must not hold shutdown up. */
  async close(): Promise<void> {
    const closed = [this.server, ...this.others].map(
      (one) =>
        new Promise<void>((resolve) => {
          one.close(() => {
            resolve();
          });
        }),
    );
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(closed);
  }

  private create(): Server {
    const { settings, handshakeMs: handshakeTimeout, tls } = this.options;
    const server =
      tls === undefined
        ? createServer(settings)
        : createTlsServer({ ...tls.options, ...this.loaded, ...settings, handshakeTimeout });
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    tls?.handshakes.watch(server);
    return server;
  }

  private further(): Server {
    const { server } = this;
    const other = this.create();
    other.maxConnections = server.maxConnections;
    other.on('request', (...request) => server.emit('request', ...request));
    other.on('upgrade', (...upgrade) => server.emit('upgrade', ...upgrade));
    this.others.push(other);
    return other;
  }
}

/** Where a listener is to be heard. */
interface Place {
  readonly host: string | undefined;
  /** Whether it came with a name: `localhost` also names `::1` where the machine has no IPv6. */
  readonly byName: boolean;
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
