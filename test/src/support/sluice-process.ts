/** The command line as users run it: the packages' built program in a process of its own. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../../packages/cli/bin/sluice.js', import.meta.url));

/** How a command ended. */
export interface SluiceEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running `sluice`. */
class SluiceProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<SluiceEnd>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [BIN, ...args], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stdout.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = once(this.child, 'close').then(([code]) => {
      const { stdout, stderr } = this;
      return { code: code as number | null, stdout, stderr };
    });
  }

  /** Resolves when standard output fits. @throws Error with everything it wrote, if it ends before. */
  printed(fits: RegExp): Promise<void> {
    return this.waitFor('stdout', fits);
  }

  /** The same for standard error. */
  told(fits: RegExp): Promise<void> {
    return this.waitFor('stderr', fits);
  }

  private async waitFor(name: 'stdout' | 'stderr', fits: RegExp): Promise<void> {
    let end: SluiceEnd | undefined;
    const over = this.ended.then((how) => (end = how));
    while (!fits.test(this[name])) {
      if (end !== undefined) throw new Error(`it ended: ${JSON.stringify(end)}`);
      await Promise.race([once(this.child[name], 'data'), over]);
    }
  }
}

/** The commands of a test, ended together. */
export class SluicePool {
  private running: SluiceProcess[] = [];

  start(...args: readonly string[]): SluiceProcess {
    const command = new SluiceProcess(args);
    this.running.push(command);
    return command;
  }

  /** Runs a command to its end. */
  run(...args: readonly string[]): Promise<SluiceEnd> {
    return this.start(...args).ended;
  }

  async endAll(): Promise<void> {
    const commands = this.running;
    this.running = [];
    for (const { child } of commands) child.kill('SIGKILL');
    await Promise.all(commands.map(({ ended }) => ended));
  }
}
