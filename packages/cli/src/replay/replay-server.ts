/** The server's side of a transcript, for any number of clients. */
import type { Clock } from '@sluice/engine';
import { Transcript, type CompareOptions, type TranscriptEntry } from '@sluice/testing';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { CommandError, FAULT, SUCCESS } from '../commands/command.js';
import type { Terminal } from '../terminal/terminal.js';
import { showDifferences } from './differences.js';
import { ServedClient } from './served-client.js';

/** What is served. */
export interface ServeRequest {
  readonly transcript: Transcript;
  readonly compare: CompareOptions;
  readonly terminal: Terminal;
  /** Keeps the pauses of the recording; undefined: there are none. */
  readonly clock: Clock | undefined;
  /** Clients after which it ends. */
  readonly count: number;
}

export class ReplayServer {
  private served = 0;
  private differing = 0;
  private finish: () => void = () => undefined;

  constructor(private readonly request: ServeRequest) {}

  /**
   * Serves until there were enough clients or `signal` is aborted.
   *
   * @returns the exit code: a client that did not say what was recorded is a fault.
   * @throws CommandError if the port cannot be opened.
   */
  async run(port: number, host: string, signal: AbortSignal): Promise<number> {
    const server = new WebSocketServer({ port, host, perMessageDeflate: false });
    await once(server, 'listening').catch((cause: unknown) => {
      throw new CommandError(`cannot listen: ${(cause as Error).message}`, { cause });
    });
    const { stderr } = this.request.terminal;
    const { port: actual } = server.address() as AddressInfo;
    const authority = host.includes(':') ? `[${host}]` : host;
    stderr.write(`# serving at ws://${authority}:${String(actual)}; any path will do\n`);
    await new Promise<void>((resolve) => {
      this.finish = resolve;
      server.on('connection', (socket) => {
        this.serve(socket);
      });
      signal.addEventListener('abort', () => {
        resolve();
      });
      if (signal.aborted) resolve();
    });
    for (const socket of server.clients) socket.close(1001);
    const dropTimer = setTimeout(() => {
      for (const socket of server.clients) socket.terminate();
    }, 1000);
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(dropTimer);
    stderr.write(`# ${String(this.served)} clients served, ${String(this.differing)} differed\n`);
    return this.differing === 0 ? SUCCESS : FAULT;
  }

  private serve(socket: WebSocket): void {
    const { transcript, clock } = this.request;
    const client = new ServedClient(socket, transcript.entries, clock);
    socket.on('close', () => {
      this.compare(client.heard);
    });
    client.advance();
  }

  /** What the client said: the recording has it as `out`, the server heard it as `in`. */
  private compare(heard: readonly TranscriptEntry[]): void {
    const { transcript, compare, terminal, count } = this.request;
    const expected = transcript.entries.filter(({ dir }) => dir === 'out');
    const asHeard = new Transcript(expected.map((entry) => ({ ...entry, dir: 'in' as const })));
    const differences = showDifferences(asHeard, new Transcript(heard), compare, terminal);
    if (differences > 0) this.differing++;
    if (++this.served >= count) this.finish();
  }
}
