/** One gateway's endpoint: upgrades who may connect and keeps the sessions. */
import { BadRequestException } from '@nestjs/common';
import type { Clock, Metrics, Session, TopicHub } from '@sluice/engine';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { ChainConnection, type ConnectionHost } from '../connection/chain-connection.js';
import { ChainWebSocket } from '../connection/chain-web-socket.js';
import { Heartbeat } from '../connection/heartbeat.js';
import type { OutboundWatch } from '../connection/outbound-watch.js';
import type { FaultLog } from '../faults/fault-log.js';
import { FaultResponder } from '../faults/fault-responder.js';
import type { EndpointCounters } from '../figures/endpoint-counters.js';
import { observeEndpoint } from '../figures/endpoint.observer.js';
import type { Tracing } from '../tracing/tracing.js';
import type { Admission } from '../upgrade/admission.js';
import type { ClientAddress } from '../upgrade/client-address.js';
import { clientCertificate } from '../upgrade/client-certificate.js';
import type { ConnectRequest } from '../upgrade/connect-guard.js';
import { answerRaw, refuse } from '../upgrade/refusal.js';
import type { RequestTarget } from '../upgrade/request-target.js';
import type { RouteMatch, Upgrade, UpgradeRoute } from '../upgrade/upgrade-router.js';
import type { EndpointSettings } from './endpoint.settings.js';
import type { GatewayHooks } from './gateway-hooks.js';

/** Collaborators of a {@link ChainEndpoint}. */
export interface ChainEndpointOptions {
  /** Class name of the gateway. */
  readonly gateway: string;
  readonly settings: EndpointSettings;
  readonly admission: Admission;
  readonly hub: TopicHub;
  readonly addressOf: ClientAddress;
  /** The gateway's hooks for one client: the instance, or that of its request scope. */
  readonly hooksOf: (client: object) => Promise<GatewayHooks>;
  readonly log: FaultLog;
  readonly metrics: Metrics;
  readonly counters: EndpointCounters;
  readonly tracing: Tracing | undefined;
  readonly outboundWatch: OutboundWatch;
  readonly clock: Clock;
}

/** What Nest does for each client: binds its message handlers. */
export type ConnectClient = (client: object, request: unknown) => void;

/**
 * A frame that trickles in is kept in the pieces it came in, each of which costs some hundred bytes whatever it holds: so
 * they must not be smaller than this on the average, but for the first of them.
 */
const MEAN_CHUNK_BYTES = 256;
const LEAST_CHUNKS = 1024;

export class ChainEndpoint implements UpgradeRoute, ConnectionHost {
  /** What Nest knows the endpoint by, and `@WebSocketServer()` injects. */
  readonly server: WebSocketServer;
  readonly responder: FaultResponder;
  readonly connections = new Map<object, ChainConnection>();
  readonly sessionOptions: ConnectionHost['sessionOptions'];
  /** Clients above the limit that have not answered our Close frame. */
  private readonly turnedAway = new Set<WebSocket>();
  private readonly heartbeat: Heartbeat | undefined;
  private readonly endObservation: () => void;
  private connectClient: ConnectClient | undefined;

  constructor(private readonly options: ChainEndpointOptions) {
    const { settings, metrics, counters, clock, log, hub } = options;
    this.server = webSocketServer(settings);
    this.answerBadHandshakes();
    this.responder = new FaultResponder({
      endpoint: settings.name,
      codec: settings.codec,
      faults: settings.faults,
      counters,
      log,
      closeMs: settings.limits.closeMs,
    });
    this.sessionOptions = {
      clock,
      metrics,
      topics: hub,
      outboundBytes: settings.limits.outboundBytes,
    };
    this.heartbeat =
      settings.heartbeat &&
      new Heartbeat(clock, settings.heartbeat, () => this.connections.values());
    this.endObservation = observeEndpoint(metrics, this);
  }

  get settings(): EndpointSettings {
    return this.options.settings;
  }

  get log(): FaultLog {
    return this.options.log;
  }

  get counters(): EndpointCounters {
    return this.options.counters;
  }

  get tracing(): Tracing | undefined {
    return this.options.tracing;
  }

  get outboundWatch(): OutboundWatch {
    return this.options.outboundWatch;
  }

  heldBytes(session: Session): number {
    return this.options.hub.heldBytes(session);
  }

  /** Whether clients are let in. */
  get accepting(): boolean {
    return this.options.admission.accepting;
  }

  get gateway(): string {
    return this.options.gateway;
  }

  /** @throws Error if Nest binds a second gateway to this endpoint. */
  bindGateway(connectClient: ConnectClient): void {
    if (this.connectClient !== undefined) {
      throw new Error(`${this.gateway} is provided by two modules; export it from one of them`);
    }
    this.connectClient = connectClient;
  }

  match(target: RequestTarget): RouteMatch | undefined {
    for (const pattern of this.settings.patterns) {
      const params = pattern.match(target.segments);
      if (params === undefined) continue;
      return {
        specificity: pattern.specificity,
        accept: (upgrade) => void this.accept(upgrade, this.connectRequest(upgrade, params)),
      };
    }
    return undefined;
  }

  /** Lets clients in from now on. */
  begin(): void {
    this.options.admission.begin();
    this.heartbeat?.start();
  }

  /**
   * Ends the sessions as the dialect does at shutdown: those without commands at once, the others when theirs are done,
   * or when no more time is left than a client has to answer a Close frame. Resolves when all are gone.
   */
  async drain(): Promise<void> {
    this.options.admission.end();
    const connections = [...this.connections.values()];
    const { shutdownMs, closeMs } = this.settings.limits;
    const cancel = this.options.clock.after(Math.max(shutdownMs - closeMs, shutdownMs / 2), () => {
      for (const connection of connections) connection.leave();
    });
    await Promise.all(
      connections.map((connection) => {
        void connection.finish();
        return new Promise<void>((resolve) => connection.session.onClose(resolve));
      }),
    );
    cancel();
  }

  /** Cuts the sessions that are left and forgets the topics. */
  terminate(): void {
    this.heartbeat?.stop();
    this.endObservation();
    this.options.hub.close();
    for (const { session } of this.connections.values()) {
      session.endsFor('shutdown');
      session.terminate();
    }
    for (const client of this.turnedAway) client.terminate();
  }

  private async accept(upgrade: Upgrade, connect: ConnectRequest): Promise<void> {
    const admitted = await this.options.admission.admit(upgrade, connect);
    if (admitted === undefined) return;
    const { request, socket } = upgrade;
    // `ws` itself refuses what is no proper WebSocket handshake and tells nobody but the client.
    socket.once('close', admitted.leave);
    if (socket.destroyed) admitted.leave();
    if (isBeforeHttp11(request)) {
      this.counters.refused.add('handshake');
      const { badHandshake } = this.settings;
      if (badHandshake === undefined) refuse(socket, new BadRequestException('HTTP/1.1 is needed'));
      else answerRaw(socket, badHandshake);
      return;
    }
    let upgraded = false;
    try {
      this.server.handleUpgrade(request, socket, admitted.head, (client) => {
        upgraded = true;
        if (admitted.excess) this.turnAway(client);
        else this.connected(client as ChainWebSocket, connect);
      });
      if (!upgraded) this.counters.refused.add('handshake');
    } catch (error) {
      this.log.internal(error, `${this.settings.name}: the upgrade`);
      refuse(socket, error);
    }
  }

  private answerBadHandshakes(): void {
    const { badHandshake } = this.settings;
    if (badHandshake === undefined) return;
    this.server.on('wsClientError', (_error, socket) => {
      answerRaw(socket, badHandshake);
    });
  }

  /** A client above the limit sees its connection open and close, and nothing else. */
  private turnAway(client: WebSocket): void {
    const { atLimit } = this.settings;
    const { code, reason = '' } = typeof atLimit === 'string' ? {} : atLimit;
    this.counters.refused.add('limit');
    this.turnedAway.add(client);
    client.once('close', () => this.turnedAway.delete(client)).on('error', () => undefined);
    client.close(code, reason);
  }

  private connected(client: ChainWebSocket, connect: ConnectRequest): void {
    client.violations = this.settings.violations;
    client.closeReply = this.settings.closeReply;
    const { keepAliveMs } = this.settings.limits;
    if (keepAliveMs !== Infinity) connect.request.socket.setKeepAlive(true, keepAliveMs);
    const connection = new ChainConnection(this, client, connect);
    this.connections.set(client, connection);
    this.connectClient?.(client, connect.request);
    this.awaitClose(
      connection,
      connection.open(() => this.runOpenHooks(connection, connect)),
    );
  }

  private awaitClose({ client, session }: ChainConnection, opened: Promise<void>): void {
    client.once('close', (code) => {
      this.connections.get(client)?.ended();
      this.connections.delete(client);
      void opened.then(() => this.runCloseHooks(client, session, code));
    });
  }

  private async runOpenHooks(
    { client, session }: ChainConnection,
    connect: ConnectRequest,
  ): Promise<void> {
    const hooks = await this.options.hooksOf(client);
    await hooks.handleConnection?.(client, connect.request);
    await hooks.onSessionOpen?.(session, connect);
    if (session.phase === 'open') this.options.hub.connect(session);
  }

  private async runCloseHooks(client: object, session: Session, code: number): Promise<void> {
    await this.isolated(async () =>
      (await this.options.hooksOf(client)).handleDisconnect?.(client, code),
    );
    await this.isolated(async () => (await this.options.hooksOf(client)).onSessionClose?.(session));
  }

  private async isolated(hook: () => Promise<unknown>): Promise<void> {
    try {
      await hook();
    } catch (error) {
      this.log.internal(error, `${this.settings.name}: a disconnection hook`);
    }
  }

  private connectRequest(
    { request, target }: Upgrade,
    params: Readonly<Record<string, string>>,
  ): ConnectRequest {
    const certificate = clientCertificate(request);
    return {
      endpoint: this.settings.name,
      url: request.url ?? '',
      params,
      address: this.options.addressOf(request),
      headers: request.headers,
      ...(certificate !== undefined && { certificate }),
      query: target.query,
      request,
      locals: {},
    };
  }
}

/** RFC 6455 §4.2.1: a handshake is of HTTP/1.1 or higher, at which `ws` does not look. */
function isBeforeHttp11({
  httpVersionMajor: major,
  httpVersionMinor: minor,
}: IncomingMessage): boolean {
  return major < 1 || (major === 1 && minor < 1);
}

function webSocketServer({ limits, compression, subprotocol }: EndpointSettings): WebSocketServer {
  const options = {
    noServer: true,
    WebSocket: ChainWebSocket,
    maxPayload: limits.payloadBytes,
    maxFragments: limits.fragments,
    maxBufferedChunks: LEAST_CHUNKS + Math.ceil(limits.payloadBytes / MEAN_CHUNK_BYTES),
    closeTimeout: limits.closeMs,
    autoPong: false,
    perMessageDeflate: compression,
    handleProtocols: (offered: Set<string>, request: IncomingMessage) =>
      subprotocol?.(offered, request) ?? false,
  };
  return new WebSocketServer(options);
}
