/** Many clients of one endpoint for a while, and the report on them. */
import type { Clock } from '@sluice/engine';
import { pause } from '@sluice/relay';
import { setMaxListeners } from 'node:events';
import { FAULT, SUCCESS } from '../commands/command.js';
import type { DialectTarget } from '../connection/target.js';
import type { Wishes } from '../dialects/client-dialect.js';
import type { Terminal } from '../terminal/terminal.js';
import { LoadClient, type LoadSurroundings } from './load-client.js';
import { LoadFigures } from './load-figures.js';
import { reportText } from './load-report-text.js';
import { ProgressLine } from './progress-line.js';
import { RecentReader } from './recent-reader.js';

/** What is loaded, and how. */
export interface LoadRequest {
  readonly target: DialectTarget;
  readonly wishes: Wishes;
  readonly clients: number;
  /** Milliseconds from the moment when all clients have connected. */
  readonly forMs: number;
  /** Milliseconds over which the connections are spread. */
  readonly rampMs: number;
  readonly pingMs: number;
  readonly isJson: boolean;
}

/** Handshakes under way at most: more would only wait in the server's backlog and time out there. */
const CONNECTING = 100;

export class Load {
  private readonly figures: LoadFigures;
  private readonly done = new AbortController();

  constructor(
    private readonly request: LoadRequest,
    private readonly output: { readonly terminal: Terminal; readonly clock: Clock },
  ) {
    this.figures = new LoadFigures(output.clock);
    // Every client listens.
    setMaxListeners(Infinity, this.done.signal);
  }

  /** @returns the exit code. @throws UsageError if the dialect cannot grant a wish. */
  async run(signal: AbortSignal): Promise<number> {
    const { request, figures, done } = this;
    const { terminal, clock } = this.output;
    const { dialect, url } = request.target;
    const stop = (): void => {
      done.abort();
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    const progress = new ProgressLine(terminal, clock, () => this.progress(startedAt));
    const startedAt = clock.monotonic();
    const clients = await this.connectAll();
    figures.settle();
    // With nobody left there is nothing to wait for.
    const everyoneLeft = Promise.all(clients).then(stop);
    await pause(clock, request.forMs, done.signal).catch(() => undefined);
    figures.finish();
    stop();
    await everyoneLeft;
    progress.end();
    const report = figures.report(request.clients);
    const text = request.isJson
      ? JSON.stringify({ url: url.href, dialect: dialect.name, ...report })
      : reportText(dialect, report, figures);
    terminal.stdout.write(`${text}\n`);
    return figures.isFaulty ? FAULT : SUCCESS;
  }

  /** Resolves when every client has been connected or refused, with the ends of all of them. */
  private async connectAll(): Promise<readonly Promise<void>[]> {
    const { target, wishes, clients: count, rampMs, pingMs } = this.request;
    const { clock } = this.output;
    const reader = new RecentReader(target.dialect);
    const shared: LoadSurroundings = {
      target,
      figures: this.figures,
      read: (text) => reader.read(text),
      clock,
      pingMs,
    };
    const startedAt = clock.monotonic();
    const ends: Promise<void>[] = [];
    const connecting = new Set<Promise<void>>();
    for (let at = 0; at < count && !this.done.signal.aborted; at++) {
      const dueIn = startedAt + (rampMs * at) / count - clock.monotonic();
      if (dueIn > 1) await pause(clock, dueIn, this.done.signal).catch(() => undefined);
      if (connecting.size >= CONNECTING) await Promise.race(connecting);
      const client = new LoadClient(target.dialect.client(wishes), shared);
      const opened = new Promise<void>((resolve) => {
        ends.push(client.run(this.done.signal, resolve).finally(resolve));
      });
      connecting.add(opened);
      void opened.then(() => connecting.delete(opened));
    }
    await Promise.all(connecting);
    return ends;
  }

  private progress(startedAt: number): string {
    const { figures, request } = this;
    const seconds = (this.output.clock.monotonic() - startedAt) / 1000;
    const p99 = figures.roundTrips.figures?.p99;
    const parts = [
      `${seconds.toFixed(0)} s`,
      `${String(figures.open)}/${String(request.clients)} clients`,
      `${String(figures.messages)} messages`,
      ...(p99 === undefined ? [] : [`round trip p99 ${p99.toFixed(1)} ms`]),
      ...(figures.isFaulty ? ['faults found'] : []),
    ];
    return parts.join('  ');
  }
}
