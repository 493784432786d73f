import { systemClock, type Clock } from '@sluice/engine';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { ProxyLink, type CutOptions, type Direction } from './proxy-link.js';

/** Settings of one {@link FaultProxy}. */
export interface FaultProxyOptions {
  /** Delay in each direction for new connections, milliseconds on `clock`. Default: 0. */
  readonly latencyMs?: number;
  /** Clock of the delay. Default: the system's. */
  readonly clock?: Clock;
}

/**
 * A TCP proxy on loopback between a client and a server under test. It passes everything on until it is
 * told to fail. The methods act on every open connection; for one of them use `links`.
 */
export class FaultProxy {
  private readonly open = new Set<ProxyLink>();

  private constructor(
    private readonly server: Server,
    /** What to connect to: the target's URL with the proxy's host and port. */
    readonly url: string,
  ) {}

  /** Listens on a free port of 127.0.0.1 in front of `target`. */
  static async start(
    target: string | URL,
    { latencyMs = 0, clock = systemClock }: FaultProxyOptions = {},
  ): Promise<FaultProxy> {
    const url = new URL(target);
    const to = { host: url.hostname, port: Number(url.port), allowHalfOpen: true, noDelay: true };
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url.host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const proxy = new FaultProxy(server, url.href);
    server.on('connection', (client) => {
      const link = new ProxyLink(client, connect(to), clock, latencyMs);
      proxy.open.add(link);
      void link.over.then(() => proxy.open.delete(link));
    });
    return proxy;
  }

  /** The connections of which a side is open, oldest first. */
  get links(): readonly ProxyLink[] {
    return [...this.open];
  }

  /** As {@link ProxyLink.latency}. */
  latency(ms: number): void {
    for (const link of this.open) link.latency(ms);
  }

  /** As {@link ProxyLink.stall}. */
  stall(direction?: Direction): void {
    for (const link of this.open) link.stall(direction);
  }

  /** As {@link ProxyLink.resume}. */
  resume(): void {
    for (const link of this.open) link.resume();
  }

  /** As {@link ProxyLink.blackhole}. */
  blackhole(): void {
    for (const link of this.open) link.blackhole();
  }

  /** As {@link ProxyLink.reset}. */
  reset(options?: CutOptions): void {
    for (const link of this.open) link.reset(options);
  }

  /** As {@link ProxyLink.cut}. */
  cut(options?: CutOptions): void {
    for (const link of this.open) link.cut(options);
  }

  /** Drops every connection and stops listening. */
  async close(): Promise<void> {
    for (const link of this.open) link.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
