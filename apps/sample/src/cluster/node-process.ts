import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DialectName } from '../config/sample-config.js';
import type { DialectUrls } from '../dialects/sample-dialect.js';

const ENTRY = fileURLToPath(new URL('../main.js', import.meta.url));

/** The line that `--json` prints. */
export type NodeUrls = Readonly<Record<DialectName, DialectUrls>>;

/** A sample of its own. */
export class NodeProcess {
  /** Resolves when it serves; rejects if it ends before. */
  readonly serving: Promise<NodeUrls>;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Where it is, once it serves. */
  urls: NodeUrls | undefined;
  private readonly child: ChildProcess;
  private said = '';

  constructor(
    readonly name: string,
    args: readonly string[],
  ) {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', ENTRY, '--zero-ports', '--json', ...args],
      { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    this.child = child;
    child.stderr.on(
      'data',
      (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-5000)),
    );
    this.ended = once(child, 'close').then(() => undefined);
    const line = new Promise<string>((resolve) => {
      // Warnings go to standard output, too.
      createInterface(child.stdout).on('line', (text) => {
        if (text.startsWith('{')) resolve(text);
      });
    });
    const gone = this.ended.then(() => {
      throw new Error(`${name} ended before it served: ${this.said}`);
    });
    this.serving = Promise.race([line, gone]).then((text) => {
      this.urls = JSON.parse(text) as NodeUrls;
      return this.urls;
    });
    this.serving.catch(() => undefined);
  }

  /** Its last words on standard error. */
  get complaints(): string {
    return this.said;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }
}
