import { ManualClock } from '@sluice/engine/testing';
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { CliRun } from './cli-run.js';
import type { Script, ScriptedServers } from './scripted-server.js';

export interface WatchedLoadOptions {
  readonly path: string;
  readonly clients: number;
  readonly args?: readonly string[];
  readonly isTTY?: boolean;
  readonly script?: Script;
}

/** `sluice load` on a clock that stands still, with its clients as the server sees them. */
export class WatchedLoad {
  private constructor(
    readonly run: CliRun,
    readonly clock: ManualClock,
    /** The server's end of each client. */
    readonly sockets: WebSocket[],
  ) {}

  /** Resolves when all clients are connected and have made their first round trip. */
  static async start(servers: ScriptedServers, options: WatchedLoadOptions): Promise<WatchedLoad> {
    const { path, clients, args = [], isTTY = false, script } = options;
    const sockets: WebSocket[] = [];
    let complete: () => void = () => undefined;
    const everybody = new Promise<void>((resolve) => (complete = resolve));
    const server = await servers.start((socket, nth, request) => {
      script?.(socket, nth, request);
      if (sockets.push(socket) === clients) complete();
    });
    const clock = new ManualClock();
    const all = ['load', server.url + path, '--clients', String(clients), ...args];
    const load = new WatchedLoad(new CliRun(all, { clock, isTTY }), clock, sockets);
    await everybody;
    await load.settled();
    return load;
  }

  /** Resolves when every client has handled what was sent so far, and its own last ping has been answered. */
  async settled(): Promise<void> {
    for (let round = 0; round < 2; round++) {
      await Promise.all(
        this.sockets.map((socket) => {
          const pong = once(socket, 'pong');
          socket.ping();
          return pong;
        }),
      );
    }
  }

  toAll(...texts: readonly string[]): void {
    for (const text of texts) for (const socket of this.sockets) socket.send(text);
  }

  /** Lets the time of the load pass. @returns the exit code and the report of `--json`. */
  async end(): Promise<{ code: number; report: unknown }> {
    await this.settled();
    this.clock.advance(60_000);
    const code = await this.run.ended;
    return { code, report: JSON.parse(this.run.stdout.text) };
  }
}
