/** The sample's built CPU miner as a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProcessEnd } from './sample-process.js';

const ENTRY = fileURLToPath(new URL('../../../apps/sample/dist/miner/main.js', import.meta.url));
const MINED = /^⛏ +(\d+) {2}([0-9a-f]{16})…/;

/** A block that the miner says it has mined. */
export interface MinedLine {
  readonly height: number;
  /** The first 16 digits of the id. */
  readonly id: string;
}

/** Those that have not ended; {@link endMiners} ends them. */
const miners = new Set<MinerProcess>();

/** Ends every miner that is left with `kill -9`. */
export async function endMiners(): Promise<void> {
  await Promise.all(
    Array.from(miners, (miner) => {
      miner.kill('SIGKILL');
      return miner.ended;
    }),
  );
}

export class MinerProcess {
  readonly ended: Promise<ProcessEnd>;
  private readonly child: ChildProcess;
  private readonly lines: Interface;
  private stdout = '';
  private stderr = '';

  constructor(args: readonly string[]) {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const { child, lines } = launch(['--threads', '1', ...args], env);
    this.child = child;
    this.lines = lines;
    lines.on('line', (line) => (this.stdout += `${line}\n`));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    miners.add(this);
    this.ended = once(child, 'close').then(([code, signal]) => {
      miners.delete(this);
      const { stdout, stderr } = this;
      return {
        code: code as number | null,
        signal: signal as NodeJS.Signals | null,
        stdout,
        stderr,
      };
    });
  }

  /** The blocks of which it has said so far that they were accepted. */
  get mined(): readonly MinedLine[] {
    return this.stdout.split('\n').flatMap((line) => {
      const [, height, id] = MINED.exec(line) ?? [];
      return id === undefined ? [] : [{ height: Number(height), id }];
    });
  }

  /** Resolves when it has said something that fits; rejects if it ends without. */
  async said(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.stdout)) {
      const end = await Promise.race([once(this.lines, 'line'), this.ended]);
      if (!Array.isArray(end) && !pattern.test(this.stdout)) {
        throw new Error(`the miner ended without ${String(pattern)}: ${JSON.stringify(end)}`);
      }
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

function launch(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { child: ChildProcess; lines: Interface } {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, lines: createInterface(child.stdout) };
}
