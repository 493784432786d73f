/** The script that runs several nodes of the sample (docs/sample.md), as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../../apps/sample/dist/cluster/main.js', import.meta.url));

/** What a node prints of itself: URLs by dialect and endpoint. */
export type NodeUrls = Readonly<Record<string, Readonly<Record<string, string>>>>;

export class ClusterProcess {
  private readonly child: ChildProcess;
  private told = '';
  private readonly line: Promise<string>;
  /** Exit code. */
  readonly ended: Promise<number | null>;

  constructor(args: readonly string[]) {
    const child = spawn(process.execPath, ['--enable-source-maps', ENTRY, '--json', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stderr.on('data', (chunk: Buffer) => (this.told += chunk.toString()));
    this.ended = once(child, 'close').then(([code]) => code as number | null);
    this.line = new Promise((resolve) => createInterface(child.stdout).once('line', resolve));
  }

  /** The line of JSON. @throws Error with what was told if there is none. */
  async printed<T>(): Promise<T> {
    const gone = this.ended.then(() => undefined);
    const line = await Promise.race([this.line, gone]);
    if (line === undefined) throw new Error(this.told);
    return JSON.parse(line) as T;
  }

  /** Ends all nodes. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }
}
