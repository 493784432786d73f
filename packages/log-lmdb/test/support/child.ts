import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ARGUMENTS = ['--conditions=@sluice/source', '--import', pathOf('register.mjs')];

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** How a child ended. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it wrote to standard error, to explain a failure. */
  readonly errors: string;
}

/** A process that runs one of the scripts beside this file and reports a JSON value per line. */
export class Child {
  readonly process: ChildProcess;
  readonly ended: Promise<ChildEnd>;
  private readonly lines: AsyncIterator<string>;
  private errors = '';

  /** @param shell Shell commands to run before the process takes the shell's place. */
  constructor(script: string, args: readonly string[], options: SpawnOptions & { shell?: string }) {
    const { shell, ...spawnOptions } = options;
    const command = [process.execPath, ...ARGUMENTS, pathOf(script), ...args];
    const [file = '', ...rest] =
      shell === undefined ? command : ['/bin/sh', '-c', `${shell}; exec "$@"`, 'sh', ...command];
    // The parent's own options are for jest.
    const env = { ...process.env, NODE_OPTIONS: '' };
    this.process = spawn(file, rest, { ...spawnOptions, env, stdio: 'pipe' });
    this.process.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    const { stdout } = this.process;
    if (stdout === null) throw new Error('no standard output');
    this.lines = createInterface(stdout)[Symbol.asyncIterator]();
    this.ended = once(this.process, 'close').then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      errors: this.errors,
    }));
  }

  /** The next line as JSON; rejects when there is none. */
  async next(): Promise<unknown> {
    const line = await this.lines.next();
    if (line.done === true) throw new Error(`child ended: ${JSON.stringify(await this.ended)}`);
    return JSON.parse(line.value) as unknown;
  }

  /** The lines that follow until the child has ended. */
  async rest(): Promise<unknown[]> {
    const rest: unknown[] = [];
    for (;;) {
      const line = await this.lines.next();
      if (line.done === true) return rest;
      rest.push(JSON.parse(line.value));
    }
  }

  /** Wakes a child that waits for a line on its standard input. */
  say(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }
}
