import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { TEST_CERTIFICATE, TEST_KEY } from './tls-certificate.js';

/** What a test's server does with its n-th connection, from 0. */
export type Script = (socket: WebSocket, nth: number, request: IncomingMessage) => void;

export interface ScriptedServerOptions {
  /** Default: any free one. */
  readonly port?: number;
  readonly tls?: boolean;
}

/** A WebSocket server that says exactly what a test wants, also what no node would. */
export class ScriptedServer {
  /** Messages of clients, of all connections. */
  readonly received: string[] = [];
  /** Also after its end. */
  readonly port: number;
  private connections = 0;

  private constructor(
    private readonly http: ReturnType<typeof createServer>,
    private readonly scheme: string,
    private readonly sockets: WebSocketServer,
  ) {
    this.port = (http.address() as AddressInfo).port;
  }

  static async start(script: Script, options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
    const { port = 0, tls = false } = options;
    const http = tls ? createTlsServer({ cert: TEST_CERTIFICATE, key: TEST_KEY }) : createServer();
    const sockets = new WebSocketServer({ server: http });
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    const server = new ScriptedServer(http, tls ? 'wss' : 'ws', sockets);
    sockets.on('connection', (socket, request) => {
      socket.on('message', (data: Buffer) => server.received.push(data.toString()));
      script(socket, server.connections++, request);
    });
    return server;
  }

  /** Answers every request over HTTP, upgrades too. */
  static async refusing(answer: RequestListener): Promise<ScriptedServer> {
    const http = createServer(answer);
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return new ScriptedServer(http, 'ws', new WebSocketServer({ noServer: true }));
  }

  /** Without a path. */
  get url(): string {
    return `${this.scheme}://127.0.0.1:${String(this.port)}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }
}

/** The servers of a test, ended together. */
export class ScriptedServers {
  private running: ScriptedServer[] = [];

  async start(script: Script, options?: ScriptedServerOptions): Promise<ScriptedServer> {
    return this.add(await ScriptedServer.start(script, options));
  }

  add(server: ScriptedServer): ScriptedServer {
    this.running.push(server);
    return server;
  }

  async stopAll(): Promise<void> {
    const servers = this.running;
    this.running = [];
    await Promise.all(servers.map((server) => server.stop()));
  }
}
