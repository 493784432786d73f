/** One connection, written down message by message. */
import type { Clock } from '@sluice/engine';
import { Transcript, type TranscriptEntry } from '@sluice/testing';
import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { CommandError, SUCCESS } from '../commands/command.js';
import { connect, type Connection } from '../connection/connect.js';
import type { Target } from '../connection/target.js';
import type { ClientDialect, DialectClient } from '../dialects/client-dialect.js';
import { printable } from '../terminal/printable.js';
import type { Terminal } from '../terminal/terminal.js';

/** What is recorded, and how long. */
export interface RecordRequest {
  readonly target: Target;
  /** Who opens and acknowledges; undefined: nobody does. */
  readonly dialect: ClientDialect | undefined;
  readonly client: DialectClient | undefined;
  /** Sent when connected, after the dialect's opening. */
  readonly send: readonly string[];
  /** Each line of standard input is sent, too. */
  readonly readsStdin: boolean;
  /** Received messages after which it ends. */
  readonly count: number;
  /** Milliseconds after which it ends. */
  readonly forMs: number | undefined;
}

const STANDARD_OUTPUT = '-';

export class Recording {
  private readonly counts = { in: 0, out: 0 };
  private readonly enough = new AbortController();
  private write: (line: string) => void = () => undefined;

  constructor(
    private readonly request: RecordRequest,
    /** Path, or `-`. */
    private readonly file: string,
    private readonly output: { readonly terminal: Terminal; readonly clock: Clock },
  ) {}

  /**
   * Records until enough has come, the time is over, the connection ends or `signal` is aborted.
   *
   * @returns the exit code.
   * @throws CommandError if the connection cannot be made or the file not be written.
   */
  async run(signal: AbortSignal): Promise<number> {
    const { terminal, clock } = this.output;
    const { forMs, target } = this.request;
    const closeFile = this.openFile();
    const stop = (): void => {
      this.enough.abort();
    };
    const cancelEnd = forMs === undefined ? stop : clock.after(forMs, stop);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      const { code, reason } = await connect(
        target,
        {
          open: (connection) => {
            this.open(connection);
          },
          message: (data, connection) => {
            this.receive(data, connection);
          },
        },
        this.enough.signal,
      );
      const ending = this.enough.signal.aborted
        ? ''
        : `; the server ended it (${String(code)}${reason && ` ${printable(reason)}`})`;
      terminal.stderr.write(
        `# ${String(this.counts.out)} messages sent, ${String(this.counts.in)} received${ending}\n`,
      );
      return SUCCESS;
    } finally {
      cancelEnd();
      stop();
      closeFile();
    }
  }

  private openFile(): () => void {
    const { stdout } = this.output.terminal;
    if (this.file === STANDARD_OUTPUT) {
      this.write = (line) => stdout.write(line);
      return () => undefined;
    }
    try {
      const file = openSync(this.file, 'w');
      this.write = (line) => writeSync(file, line);
      return () => {
        closeSync(file);
      };
    } catch (cause) {
      throw new CommandError(`cannot write ${this.file}: ${(cause as Error).message}`, { cause });
    }
  }

  private open(connection: Connection): void {
    const { client, send, readsStdin } = this.request;
    for (const text of [...(client?.open() ?? []), ...send]) this.send(connection, text);
    if (!readsStdin) return;
    const lines = createInterface({ input: this.output.terminal.stdin });
    lines.on('line', (text) => {
      this.send(connection, text);
    });
    const close = (): void => {
      lines.close();
      // Otherwise an open standard input would keep the process alive.
      this.output.terminal.stdin.destroy();
    };
    this.enough.signal.addEventListener('abort', close);
  }

  private receive(data: string | Buffer, connection: Connection): void {
    if (this.enough.signal.aborted) return;
    this.note('in', data);
    const { dialect, client, count } = this.request;
    if (dialect !== undefined && typeof data === 'string') {
      for (const text of client?.take(dialect.read(data)).send ?? []) this.send(connection, text);
    }
    if (this.counts.in >= count) this.enough.abort();
  }

  private send(connection: Connection, text: string): void {
    if (this.enough.signal.aborted) return;
    connection.send(text);
    this.note('out', text);
  }

  private note(dir: TranscriptEntry['dir'], data: string | Buffer): void {
    this.counts[dir]++;
    this.write(new Transcript([{ at: this.output.clock.now(), dir, data }]).toString());
  }
}
