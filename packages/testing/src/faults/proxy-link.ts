import type { Clock } from '@sluice/engine';
import type { Socket } from 'node:net';
import { ProxyPipe } from './proxy-pipe.js';
import { resetSocket } from './reset-socket.js';

/** `up`: from client to server; `down`: from server to client. */
export type Direction = 'up' | 'down';

/** Where a connection is ended. */
export interface CutOptions {
  /** Bytes that still pass, counted from now. Default: 0, at once. */
  readonly afterBytes?: number;
  /** The direction in which bytes are counted. Default: `down`. */
  readonly direction?: Direction;
}

/** One connection through a {@link FaultProxy}. */
export class ProxyLink {
  private readonly pipes: Readonly<Record<Direction, ProxyPipe>>;
  /** Resolves when both sides have ended. */
  readonly over: Promise<unknown>;
  private holed = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    clock: Clock,
    latencyMs: number,
  ) {
    this.pipes = {
      up: new ProxyPipe(client, server, clock, latencyMs),
      down: new ProxyPipe(server, client, clock, latencyMs),
    };
    this.over = Promise.all(
      [client, server].map((side) => new Promise((resolve) => side.once('close', resolve))),
    );
    this.passOnResets(client, server);
    this.passOnResets(server, client);
  }

  /** Delays what is read from now on, in each direction, by `ms` milliseconds. */
  latency(ms: number): void {
    this.pipes.up.setLatency(ms);
    this.pipes.down.setLatency(ms);
  }

  /** Stops reading; the sender feels back-pressure once the system's buffers are full. Default: both. */
  stall(direction?: Direction): void {
    if (direction !== 'up') this.pipes.down.stall();
    if (direction !== 'down') this.pipes.up.stall();
  }

  /** Ends {@link stall} in both directions; what was held passes in order. */
  resume(): void {
    this.pipes.up.resume();
    this.pipes.down.resume();
  }

  /**
   * Makes the connection half-open for good: both sides see a healthy TCP connection that takes every
   * byte, and neither hears of the other again, not even of its end.
   */
  blackhole(): void {
    this.holed = true;
    this.pipes.up.swallow();
    this.pipes.down.swallow();
  }

  /** Resets the connection (RST) on both sides. */
  reset({ afterBytes = 0, direction = 'down' }: CutOptions = {}): void {
    this.pipes[direction].cutAfter(afterBytes, () => {
      resetSocket(this.client);
      resetSocket(this.server);
    });
  }

  /** Ends the connection in order (FIN) on both sides. */
  cut({ afterBytes = 0, direction = 'down' }: CutOptions = {}): void {
    this.pipes[direction].cutAfter(afterBytes, () => {
      this.client.end();
      this.server.end();
    });
  }

  /** Drops both sides. */
  destroy(): void {
    this.client.destroy();
    this.server.destroy();
  }

  private passOnResets(from: Socket, to: Socket): void {
    from.on('error', () => {
      if (!this.holed) resetSocket(to);
    });
  }
}
