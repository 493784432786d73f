import type { CancelTask, Clock } from '@sluice/engine';
import { connect, type Connection } from '../connection/connect.js';
import type { Target } from '../connection/target.js';
import type { DialectClient, Finding, Message } from '../dialects/client-dialect.js';
import type { FindingsTally } from '../findings/findings-tally.js';
import type { OrderedClient } from './common-order.js';
import type { LoadFigures } from './load-figures.js';

/** What a client of a load shares with the others. */
export interface LoadSurroundings {
  readonly target: Target;
  readonly figures: LoadFigures;
  readonly read: (text: string) => Message;
  readonly clock: Clock;
  /** From a pong to the next ping, milliseconds. */
  readonly pingMs: number;
}

/** One client of a load, for one connection. */
export class LoadClient {
  private messages = 0;
  /** Undefined until the first round trip: what comes before it may be a greeting that nobody else gets. */
  private ordered: OrderedClient | undefined;
  private pingedAt: number | undefined;
  private cancelPing: CancelTask = () => undefined;

  constructor(
    private readonly client: DialectClient,
    private readonly shared: LoadSurroundings,
  ) {}

  /** Connects, takes what comes, and resolves when the connection has ended. @param opened called when it stands. */
  async run(signal: AbortSignal, opened: () => void): Promise<void> {
    const { target, figures } = this.shared;
    let isOpen = false;
    try {
      const { code } = await connect(
        target,
        {
          open: (connection) => {
            isOpen = true;
            figures.open++;
            figures.connected++;
            for (const text of this.client.open()) connection.send(text);
            this.ping(connection);
            opened();
          },
          message: (data, connection) => {
            if (!signal.aborted) this.take(data, connection);
          },
          pong: (connection) => {
            this.ponged(connection);
          },
        },
        signal,
      );
      if (isOpen && !signal.aborted) {
        figures.lost++;
        figures.note(`a connection ended with ${String(code)}`);
      }
    } catch (error) {
      figures.refused++;
      figures.note((error as Error).message);
      opened();
    } finally {
      this.cancelPing();
      if (isOpen) {
        figures.open--;
        figures.perClient.push(this.messages);
      }
    }
  }

  private take(data: string | Buffer, connection: Connection): void {
    const { figures, read } = this.shared;
    this.messages++;
    figures.messages++;
    figures.bytes += data.length;
    if (typeof data !== 'string') return;
    const message = read(data);
    const { send, findings } = this.client.take(message);
    for (const text of send) connection.send(text);
    this.note(findings, figures.findings);
    if (message.kind === 'fault') {
      figures.complaints++;
      figures.note(`the server complains: ${message.type} ${message.summary}`);
    }
    if (message.isPong === true) this.ponged(connection);
    if (this.ordered === undefined || message.kind !== 'event') return;
    figures.arrived(message);
    if (message.isCommon !== true || message.key === undefined) return;
    this.note(this.ordered.take(message.key), figures.compared);
  }

  private note(findings: readonly Finding[], tally: FindingsTally): void {
    for (const finding of findings) {
      tally.add(finding);
      this.shared.figures.note(finding.text);
    }
  }

  private ping(connection: Connection): void {
    this.pingedAt = this.shared.clock.monotonic();
    if (this.client.ping === undefined) connection.ping();
    else connection.send(this.client.ping);
  }

  private ponged(connection: Connection): void {
    const { figures, clock, pingMs } = this.shared;
    if (this.pingedAt === undefined) return;
    figures.roundTrips.add(clock.monotonic() - this.pingedAt);
    this.pingedAt = undefined;
    this.ordered ??= figures.order.join();
    this.cancelPing = clock.after(pingMs, () => {
      this.ping(connection);
    });
  }
}
