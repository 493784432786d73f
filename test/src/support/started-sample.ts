/** The sample as a person in a terminal has it: what `npm start` runs, and Ctrl-C. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Variables of the runner of this test are not those of a person's terminal. */
const FOREIGN = /^(npm_|NX_|SLUICE_|JEST_|NODE_OPTIONS$)/;

export class StartedSample {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<number | null>,
  ) {
    const collect = (chunk: Buffer) => (this.output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  }

  /** @param flags those of the sample. */
  static start(flags: readonly string[]): StartedSample {
    const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
    const child = spawn(process.execPath, ['scripts/start.mjs', ...flags], {
      cwd: ROOT,
      env: Object.fromEntries(own),
      // A group of its own, as a shell makes one for each command.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close').then(([code]) => code as number | null);
    return new StartedSample(child, ended);
  }

  /** Resolves with the first match in what it writes. @throws Error with all it wrote, if it ends before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const { stdout } = this.child;
    if (stdout === null) throw new Error('There is no output');
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      const isOver = await Promise.race([
        once(stdout, 'data').then(() => false),
        this.ended.then(() => true),
      ]);
      if (isOver) throw new Error(`It has ended: ${this.output}`);
    }
  }

  /** Ctrl-C: the signal for every process of the group. @returns the exit code. */
  async interrupt(): Promise<number | null> {
    this.signalGroup('SIGINT');
    return this.ended;
  }

  /** Whether any process of the group is left. */
  get isRunning(): boolean {
    return this.signalGroup(0);
  }

  /** Ends what is left, whatever state it is in. */
  kill(): void {
    this.signalGroup('SIGKILL');
  }

  private signalGroup(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-(this.child.pid ?? 0), signal);
    } catch {
      return false;
    }
  }
}
