/** The sample with all dialects, in a process of its own that can be looked into. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HelperProcess } from '../../processes/helper-process.js';
import type { probeCalls } from '../probe/probe.js';

const ENTRY = new URL('../../../../sample/dist/main.js', import.meta.url);
const PROBE = new URL('../probe/probe.js', import.meta.url);

/** When the chain's own clock starts: two servers of one seed have the same chain. */
const START_TIME = '2024-01-01T00:00:00Z';

/** URLs by dialect, as `--json` prints them. */
export type SoakUrls = Readonly<
  Record<
    'hathor' | 'nano' | 'lighthouse' | 'bigchaindb' | 'basalt',
    Readonly<Record<string, string>>
  >
>;

export class SoakServer extends HelperProcess<typeof probeCalls> {
  private said = '';
  private complained = 0;

  private constructor(
    readonly folder: string,
    seed: number,
  ) {
    super(ENTRY, {
      silent: true,
      detached: true,
      flags: ['--import', PROBE.href, '--enable-source-maps'],
      args: ['--zero-ports', '--json', '--log', 'lmdb', '--data', folder, '--pace', '0'].concat(
        '--seed',
        String(seed),
        '--start-time',
        START_TIME,
      ),
    });
    for (const output of [this.child.stdout, this.child.stderr]) {
      if (output === null) continue;
      createInterface(output).on('line', (line) => {
        if (line.startsWith('{')) return;
        this.complained++;
        this.said = `${this.said}${line}\n`.slice(-4000);
      });
    }
  }

  /** Resolves when it serves. @throws Error if it ends before, with its last words. */
  static async start(seed: number): Promise<{ server: SoakServer; urls: SoakUrls }> {
    const server = new SoakServer(mkdtempSync(join(tmpdir(), 'sluice-soak-')), seed);
    try {
      return { server, urls: await server.serving() };
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Lines that it has printed: a server that is well prints none. */
  get complaints(): { readonly lines: number; readonly last: string } {
    return { lines: this.complained, last: this.said };
  }

  /** Asks it to end, as an operator does, and removes what it has stored. @returns its exit code or signal. */
  async stop(): Promise<number | NodeJS.Signals | null> {
    this.child.kill('SIGTERM');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
    return this.child.exitCode ?? this.child.signalCode;
  }

  private async serving(): Promise<SoakUrls> {
    const { stdout } = this.child;
    if (stdout === null) throw new Error('The output of the server cannot be read');
    const line = new Promise<string>((resolve) => {
      createInterface(stdout).on('line', (text) => {
        if (text.startsWith('{')) resolve(text);
      });
    });
    const gone = once(this.child, 'exit').then(() => {
      throw new Error(`The server ended before it served: ${this.said}`);
    });
    gone.catch(() => undefined);
    return JSON.parse(await Promise.race([line, gone])) as SoakUrls;
  }
}
