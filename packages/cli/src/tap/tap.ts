/** Follows an endpoint over all of its connections and prints what it says. */
import type { CancelTask, Clock } from '@sluice/engine';
import { UpstreamLink, type LinkStatus } from '@sluice/relay';
import { FAULT, SUCCESS } from '../commands/command.js';
import { connect, type Connection } from '../connection/connect.js';
import type { DialectTarget } from '../connection/target.js';
import type { DialectClient, Finding, Message, Wishes } from '../dialects/client-dialect.js';
import type { MessageLine } from '../terminal/message-lines.js';
import { printable } from '../terminal/printable.js';
import { paintFor, type Paint, type Style } from '../terminal/styles.js';
import type { Terminal } from '../terminal/terminal.js';
import { FindingsTally } from '../findings/findings-tally.js';

/** What is followed, and how long. */
export interface TapRequest {
  readonly wishes: Wishes;
  /** Sent after the protocol's own opening. */
  readonly send: readonly string[];
  /** Whether a message is printed. */
  readonly fits: (message: Message) => boolean;
  /** Printed messages after which it ends. */
  readonly count: number;
  /** Milliseconds after which it ends. */
  readonly forMs: number | undefined;
  /** Keeps trying, also if the first connection cannot be made. */
  readonly waits: boolean;
  readonly reconnects: boolean;
  /** Whatever was found makes the exit code 1. */
  readonly isStrict: boolean;
}

/** Where and how it is printed. */
export interface TapOutput {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly line: MessageLine;
}

export class Tap {
  private readonly client: DialectClient;
  private readonly found = new FindingsTally();
  private readonly paint: Paint;
  private printed = 0;
  private received = 0;
  private refusals = 0;
  private wasOnline = false;
  private end: (outcome: number | Error) => void = () => undefined;

  /** @throws UsageError if the dialect cannot grant a wish. */
  constructor(
    private readonly target: DialectTarget,
    private readonly request: TapRequest,
    private readonly output: TapOutput,
  ) {
    this.client = target.dialect.client(request.wishes);
    const { terminal } = output;
    this.paint = paintFor({ isTTY: terminal.isErrorTTY, env: terminal.env });
  }

  /**
   * Follows until enough has come, the time is over or `signal` is aborted, and reports.
   *
   * @returns the exit code.
   * @throws CommandError if the first connection cannot be made.
   */
  async run(signal: AbortSignal): Promise<number> {
    const { clock } = this.output;
    const startedAt = clock.monotonic();
    const link = new UpstreamLink({
      upstreams: [this.target],
      attempt: ({ signal: stop, online }) => this.follow(stop, online),
      backOff: { jitter: 0.2 },
      clock,
      onStatus: (status) => {
        this.hear(status);
      },
    });
    let cancelEnd: CancelTask | undefined;
    const outcome = await new Promise<number | Error>((resolve) => {
      this.end = resolve;
      const { forMs } = this.request;
      const succeed = (): void => {
        resolve(SUCCESS);
      };
      if (forMs !== undefined) cancelEnd = clock.after(forMs, succeed);
      signal.addEventListener('abort', succeed);
      if (signal.aborted) succeed();
      else link.start();
    });
    cancelEnd?.();
    // What comes while the connection closes is of no interest any more.
    this.printed = Infinity;
    await link.stop();
    if (outcome instanceof Error) throw outcome;
    this.report(clock.monotonic() - startedAt);
    const isFaulty = !this.found.isEmpty || this.refusals > 0;
    return this.request.isStrict && isFaulty ? FAULT : outcome;
  }

  private async follow(signal: AbortSignal, online: () => void): Promise<void> {
    const { code, reason } = await connect(
      this.target,
      {
        open: (connection) => {
          online();
          for (const text of [...this.client.open(), ...this.request.send]) connection.send(text);
        },
        message: (data, connection) => {
          this.take(data, connection);
        },
      },
      signal,
    );
    throw new Error(`the connection ended (${String(code)}${reason && ` ${printable(reason)}`})`);
  }

  private hear({ state, waitMs = 0, cause }: LinkStatus<DialectTarget>): void {
    if (state === 'online') {
      this.notice(
        'green',
        `${this.wasOnline ? 'connected again' : 'connected'} to ${this.target.url.href}`,
      );
      this.wasOnline = true;
    }
    if (state !== 'waiting') return;
    const { waits, reconnects } = this.request;
    const why = cause ?? new Error('the connection ended');
    if (!this.wasOnline && !waits) {
      this.end(why);
    } else if (this.wasOnline && !reconnects) {
      this.notice('red', why.message);
      this.end(FAULT);
    } else {
      this.notice('yellow', `${why.message}; next attempt in ${(waitMs / 1000).toFixed(1)} s`);
    }
  }

  private take(data: string | Buffer, connection: Connection): void {
    if (this.printed >= this.request.count) return;
    this.received++;
    const text =
      typeof data === 'string' ? data : JSON.stringify({ base64: data.toString('base64') });
    const message = this.target.dialect.read(text);
    const { send, findings, wanted } = this.client.take(message);
    for (const answer of send) connection.send(answer);
    if (message.kind === 'fault') {
      this.refusals++;
      this.notice('red', `the server complains: ${message.type} ${message.summary}`);
    }
    if (wanted && this.request.fits(message)) this.print(message, connection);
    for (const finding of findings) this.tell(finding);
  }

  private print(message: Message, connection: Connection): void {
    const { terminal, line, clock } = this.output;
    const isRoom = terminal.stdout.write(`${line(message, clock.now())}\n`);
    if (!isRoom) {
      connection.pause();
      terminal.stdout.once('drain', () => {
        connection.resume();
      });
    }
    if (++this.printed >= this.request.count) this.end(SUCCESS);
  }

  private tell(finding: Finding): void {
    this.found.add(finding);
    this.notice('yellow', finding.text);
    // A client that mistakes one numbering for another has wrong data from then on.
    if (finding.kind === 'reset') this.end(FAULT);
  }

  private report(ms: number): void {
    const { dialect } = this.target;
    const sequence = dialect.isSequenced
      ? String(this.found)
      : 'the protocol does not tell whether one is missing';
    const refusals = this.refusals === 0 ? '' : `, ${String(this.refusals)} complaints`;
    const { position } = this.client;
    this.notice(
      this.found.isEmpty && this.refusals === 0 ? 'green' : 'yellow',
      `${String(this.received)} messages in ${(ms / 1000).toFixed(1)} s, ${sequence}${refusals}` +
        (position === undefined ? '' : `; ${position}`),
    );
  }

  private notice(style: Style, text: string): void {
    this.output.terminal.stderr.write(`${this.paint(style, `# ${printable(text)}`)}\n`);
  }
}
