/**
 * One upgrade listener per HTTP server, for all endpoints on it. Upgrades that are not ours are left to whoever else
 * listens; only if nobody does, they get a 404, or what plain requests get: pages that may come over HTTP/2 always do.
 */
import { NotFoundException } from '@nestjs/common';
import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refuse } from './refusal.js';
import { readTarget, unreadable, type RequestTarget } from './request-target.js';

/** An upgrade request and its connection. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** Bytes that came behind the request. */
  readonly head: Buffer;
  readonly target: RequestTarget;
}

/** Somebody who may take upgrades. */
export interface UpgradeRoute {
  /** @returns undefined if the target is somebody else's. */
  match(target: RequestTarget): RouteMatch | undefined;
}

/** A route that fits a request's target. */
export interface RouteMatch {
  /** Of several matches the highest one is taken. */
  readonly specificity: number;
  accept(upgrade: Upgrade): void;
}

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export class UpgradeRouter {
  private readonly routes: UpgradeRoute[] = [];
  private readonly adopted: UpgradeListener[] = [];
  private readonly borrowed: UpgradeListener[] = [];

  /**
   * @param plain whether upgrades that nobody takes, or that are no WebSocket handshake, are answered as plain requests:
   * a server may ignore `Upgrade`.
   * @param onRefused hears of upgrades that were answered with an error because nobody takes them.
   */
  constructor(
    private readonly server: Server,
    private readonly plain: () => boolean = () => false,
    private readonly onRefused: () => void = () => undefined,
  ) {
    server.on('upgrade', this.onUpgrade);
  }

  mount(route: UpgradeRoute): void {
    this.routes.push(route);
  }

  /**
   * Runs `attach` and takes over the upgrade listeners it adds: they see what none of our endpoints takes. Listeners of
   * the stock adapter would destroy every connection they do not know.
   */
  adoptListeners<T>(attach: () => T): T {
    const before = new Set(this.server.listeners('upgrade'));
    const result = attach();
    this.adopted.push(...this.takeOver((listener) => !before.has(listener)));
    return result;
  }

  /**
   * Takes over the listeners of other libraries until {@link dispose}: many answer every path they do not know with an
   * error. Those that are added later see our upgrades too.
   */
  adoptOthers(): void {
    const others = this.takeOver((listener) => listener !== this.onUpgrade);
    this.borrowed.push(...others);
    this.adopted.push(...others);
  }

  dispose(): void {
    this.server.off('upgrade', this.onUpgrade);
    for (const listener of this.borrowed) this.server.on('upgrade', listener);
  }

  private takeOver(whose: (listener: UpgradeListener) => boolean): UpgradeListener[] {
    const taken = (this.server.listeners('upgrade') as UpgradeListener[]).filter(whose);
    for (const listener of taken) this.server.off('upgrade', listener);
    return taken;
  }

  private readonly onUpgrade: UpgradeListener = (request, socket, head) => {
    if (this.plain() && !isHandshake(request)) {
      this.answerPlainly(request, socket);
      return;
    }
    const target = readTarget(request);
    const match = this.bestMatch(target);
    if (match !== undefined) {
      match.accept({ request, socket, head, target });
      return;
    }
    for (const listener of this.adopted) listener.call(this.server, request, socket, head);
    const alone = this.adopted.length === 0 && this.server.listenerCount('upgrade') === 1;
    if (!alone) return;
    if (this.plain() || isPageRequest(request)) this.answerPlainly(request, socket);
    else this.refuse(socket, untaken(request, target));
  };

  private refuse(socket: Duplex, error: unknown): void {
    this.onRefused();
    refuse(socket, error);
  }

  private answerPlainly(request: IncomingMessage, socket: Duplex): void {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.once('finish', () => {
      response.detachSocket(socket as Socket);
      socket.end();
    });
    // Nobody reads what comes behind the request, nobody else hears of errors, and a client that does not let go would
    // keep the connection for ever.
    socket
      .resume()
      .on('error', () => socket.destroy())
      .once('finish', () => socket.destroy());
    this.server.emit('request', request, response);
  }

  private bestMatch(target: RequestTarget): RouteMatch | undefined {
    return this.routes
      .flatMap((route) => route.match(target) ?? [])
      .reduce<RouteMatch | undefined>(
        (best, match) =>
          best === undefined || match.specificity > best.specificity ? match : best,
        undefined,
      );
  }
}

/** Why nobody takes an upgrade. */
function untaken(request: IncomingMessage, { segments }: RequestTarget): Error {
  if (segments === undefined) return unreadable(request);
  return new NotFoundException(`Cannot upgrade ${request.url ?? ''}`);
}

/** Whether a client asks for a page and would rather have it over HTTP/2, as some do whenever there is no TLS. */
function isPageRequest({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.upgrade?.toLowerCase() === 'h2c';
}

/** Whether a request is a complete handshake (RFC 6455 §4.2.1) in a version that `ws` speaks. */
function isHandshake({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    /^(?:13|8)$/.test(headers['sec-websocket-version'] ?? '') &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')
  );
}
