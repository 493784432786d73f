import { EventEmitter, once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import type { Clock } from '@sluice/engine';
import { Interruption, runCli, type Terminal } from '../../src/index.js';

/** Everything that was written, and a way to wait for more. */
class Screen extends Writable {
  private readonly news = new EventEmitter();
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.news.emit('text');
    done();
  }

  get lines(): readonly string[] {
    return this.text.split('\n').slice(0, -1);
  }

  /** Resolves once the text fits. */
  async until(fits: (text: string) => boolean, ended: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = ended.then(() => {
      isOver = true;
    });
    while (!fits(this.text)) {
      if (isOver) throw new Error(`the command has ended; it wrote: ${this.text}`);
      await Promise.race([once(this.news, 'text'), over]);
    }
  }
}

/** Surroundings of a {@link CliRun}. */
export interface CliRunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly stdin?: string;
  readonly clock?: Clock;
}

/** `sluice` in this process, with captured output. */
export class CliRun {
  readonly stdout = new Screen();
  readonly stderr = new Screen();
  readonly ended: Promise<number>;
  private readonly abort = new AbortController();

  constructor(args: readonly string[], options: CliRunOptions = {}) {
    const { env = {}, isTTY = false, stdin, clock } = options;
    const terminal: Terminal = {
      stdin: new PassThrough().end(stdin),
      stdout: this.stdout,
      stderr: this.stderr,
      isTTY,
      isErrorTTY: isTTY,
      env,
    };
    this.ended = runCli(args, {
      terminal,
      signal: this.abort.signal,
      ...(clock !== undefined && { clock }),
    });
  }

  /** Runs to the end. */
  static async of(args: readonly string[], options?: CliRunOptions): Promise<CliEnd> {
    const run = new CliRun(args, options);
    const code = await run.ended;
    return { code, stdout: run.stdout.text, stderr: run.stderr.text };
  }

  /** Resolves when standard output has so many lines. */
  async printed(lines: number): Promise<readonly string[]> {
    await this.stdout.until(() => this.stdout.lines.length >= lines, this.ended);
    return this.stdout.lines;
  }

  /** Resolves when standard error contains a text. */
  told(text: string): Promise<void> {
    return this.stderr.until((all) => all.includes(text), this.ended);
  }

  /** Presses Ctrl-C. */
  interrupt(): Promise<number> {
    this.abort.abort(new Interruption('SIGINT', 130));
    return this.ended;
  }
}

/** How a command ended. */
export interface CliEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
