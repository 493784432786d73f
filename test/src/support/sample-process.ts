/** The built sample app as a process of its own, with its data in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../../apps/sample/dist/main.js', import.meta.url));
const SHAKEN_TIME = new URL('../time/shaken-time.mjs', import.meta.url).href;

/** Flags that give every dialect a free port; a later flag may name another one. */
export const FREE_PORTS = [
  'hathor',
  'nano',
  'lighthouse',
  'bigchaindb',
  'bigchaindb-stream',
  'basalt',
].flatMap((name) => [`--${name}-port`, '0']);

/** How a process ended, and what it wrote. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `hathor` part of the line that `--json` prints. */
export interface HathorUrls {
  readonly http: string;
  readonly event_ws: string;
  readonly event: string;
  readonly control: string;
  /** Where a chain runs. */
  readonly ws?: string;
  readonly mining_ws?: string;
  readonly tx_mining?: string;
}

/** The `basalt` part of that line. */
export interface BasaltUrls {
  readonly ws: string;
  readonly http: string;
  readonly control: string;
}

/** Answer of `GET /control/hathor`. */
export interface ControlStatus {
  readonly driven: boolean;
  readonly paused: boolean;
  readonly pace_ms: number;
  readonly latest_event_id: number;
  readonly best_block: { readonly hash: string; readonly height: number } | null;
}

/** Answer of an action such as `POST /control/hathor/mine`. */
export interface ActionAnswer {
  readonly vertices: readonly string[];
  readonly events: number;
  readonly latest_event_id: number;
}

/** How a sample is launched. */
export interface LaunchOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the test can do something to its time; see {@link SampleProcess.shake}. */
  readonly shaken?: boolean;
}

/** What is done to a process's time, milliseconds. */
export interface TimeFault {
  /** The wall clock is so much before the true one from now on. */
  readonly ahead?: number;
  /** The event loop stands still for so long. */
  readonly standStill?: number;
}

/**
 * Runs the sample to its end; for calls that must not lead to a running server.
 * @param until ends it with SIGTERM as soon as its output fits.
 */
export async function runSample(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  until?: RegExp,
): Promise<ProcessEnd> {
  const launch = new Launch(args, { env });
  launch.child.stdout?.on('data', () => {
    if (until?.test(launch.stdout)) launch.child.kill('SIGTERM');
  });
  return launch.ended;
}

/** Those of this test file that have not ended, also those that are still starting when their test gives up. */
const launches = new Set<Launch>();

/** Ends every sample that is left with `kill -9`. */
export async function endLaunches(): Promise<readonly ProcessEnd[]> {
  return Promise.all(
    Array.from(launches, (launch) => {
      launch.child.kill('SIGKILL');
      return launch.ended;
    }),
  );
}

class Launch {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], { env = {}, shaken = false }: LaunchOptions) {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('SLUICE_') && name !== 'NODE_OPTIONS',
    );
    const flags = ['--enable-source-maps', ...(shaken ? ['--import', SHAKEN_TIME] : [])];
    this.child = spawn(process.execPath, [...flags, ENTRY, ...args], {
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe', shaken ? 'ipc' : 'ignore'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    launches.add(this);
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      launches.delete(this);
      const { stdout, stderr } = this;
      return {
        code: code as number | null,
        signal: signal as NodeJS.Signals | null,
        stdout,
        stderr,
      };
    });
  }
}

/** A sample that serves. */
export class SampleProcess {
  private constructor(
    private readonly launch: Launch,
    /** What it printed with `--json`, whole. */
    readonly printed: Readonly<Record<string, unknown>>,
    readonly urls: HathorUrls,
    /** The folder given as `--data`. */
    readonly data: string,
  ) {}

  /**
   * Resolves when the sample has printed its URLs: it serves then.
   * @param args flags beside free ports, `--json` and `--data`; without a pace the chain moves by hand only.
   * @throws Error with everything it wrote, if it ends instead.
   */
  static async start(
    data: string,
    args: readonly string[] = [],
    options: LaunchOptions = {},
  ): Promise<SampleProcess> {
    const launch = new Launch(
      [...FREE_PORTS, '--json', '--pace', '0', '--data', data, ...args],
      options,
    );
    const { stdout } = launch.child;
    const line = new Promise<string>((resolve) => {
      if (stdout !== null) createInterface(stdout).once('line', resolve);
    });
    const gone = launch.ended.then((end) => {
      throw new Error(`the sample did not start: ${describeEnd(end)}`);
    });
    const printed = JSON.parse(await Promise.race([line, gone])) as Record<string, unknown>;
    return new SampleProcess(launch, printed, printed.hathor as HathorUrls, data);
  }

  get pid(): number {
    return this.launch.child.pid ?? -1;
  }

  /** How the process ended, once it has. */
  get ended(): Promise<ProcessEnd> {
    return this.launch.ended;
  }

  /** What it has written to standard error so far. */
  get stderr(): string {
    return this.launch.stderr;
  }

  /** Sends it a signal, unless it has ended. */
  signal(signal: NodeJS.Signals): void {
    this.launch.child.kill(signal);
  }

  /** Ends it in order. */
  stop(): Promise<ProcessEnd> {
    this.signal('SIGTERM');
    return this.ended;
  }

  /** Ends it with `kill -9`. */
  kill(): Promise<ProcessEnd> {
    this.signal('SIGKILL');
    return this.ended;
  }

  /** Does something to the time of a sample that was started for that; resolves when it is done. */
  async shake(fault: TimeFault): Promise<void> {
    this.launch.child.send(fault);
    await once(this.launch.child, 'message');
  }

  /** Where the chain stands. */
  async status(): Promise<ControlStatus> {
    return (await (await fetch(this.urls.control)).json()) as ControlStatus;
  }

  /** Calls the control endpoint. @throws Error with the answer, unless it is 200. */
  async control<T = ActionAnswer>(action: string, body: object = {}): Promise<T> {
    const answer = await this.post(action, body);
    if (answer.status === 200) return answer.body as T;
    throw new Error(
      `${action}: ${answer.status} ${JSON.stringify(answer.body)}; standard error: ${this.stderr}`,
    );
  }

  /** Calls the control endpoint, whatever it answers. */
  async post(action: string, body: object = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.urls.control}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** `GET /v1a/event` with a query string. */
  async get<T = { events: readonly unknown[]; latest_event_id: number | null }>(
    query = '',
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.urls.event}${query}`);
    return { status: response.status, body: (await response.json()) as T };
  }

  /**
   * Bytes of the process's own memory, on Linux. Pages of the log's file that the system keeps for it do not count: they are
   * a cache that can be taken away at any time.
   */
  ownMemory(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
  }
}

export function describeEnd({ code, signal, stdout, stderr }: ProcessEnd): string {
  return `exit code ${code}, signal ${signal}\nstandard output: ${stdout}\nstandard error: ${stderr}`;
}
