import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** See {@link NatsServer.start}. */
export interface NatsServerOptions {
  /** More lines of the server's configuration file; default none. */
  readonly settings?: readonly string[];
  /** Whether it has JetStream; default true. */
  readonly jetstream?: boolean;
  /** Where it keeps its streams; default a temporary folder. {@link NatsServer.end} removes either. */
  readonly folder?: string;
  /** Whether Ctrl-C in the terminal is not for it; default false. */
  readonly detached?: boolean;
  /** The program; default `nats-server`, in the path or where Debian puts it. */
  readonly program?: string;
}

/** A nats-server on a free loopback port, with a store of its own. It can be stopped and started again. */
export class NatsServer {
  private process: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly options: NatsServerOptions,
  ) {}

  /** Resolves when it is ready. @throws Error if the program is not there, or ends. */
  static async start(options: NatsServerOptions = {}): Promise<NatsServer> {
    const { folder = mkdtempSync(join(tmpdir(), 'sluice-nats-')) } = options;
    mkdirSync(folder, { recursive: true });
    const server = new NatsServer(folder, await freePort(), options);
    server.configure(options.settings);
    await server.resume();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${String(this.port)}`;
  }

  /** Replaces the lines that {@link NatsServerOptions.settings} gave, from the next start on. */
  configure(settings: readonly string[] = []): void {
    const { jetstream = true } = this.options;
    const storage = `{ store_dir: "${this.folder}", max_file_store: 10GB, max_memory_store: 64MB }`;
    const lines = [
      `listen: 127.0.0.1:${String(this.port)}`,
      ...(jetstream ? [`jetstream ${storage}`] : []),
      ...settings,
    ];
    writeFileSync(this.config, lines.join('\n'));
  }

  /** Starts the server on the same port and store. */
  async resume(): Promise<void> {
    const { program = 'nats-server', detached = false } = this.options;
    const child = spawn(program, ['-c', this.config], {
      // Where Debian puts it, which is not in everybody's path.
      env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached,
    });
    this.process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', (cause) => {
        const where = 'apt-get install nats-server, or https://docs.nats.io';
        reject(new Error(`nats-server is needed: ${where}`, { cause }));
      });
      child.once('exit', (code) => {
        reject(new Error(`nats-server ended with ${String(code)}: ${said}`));
      });
      child.stderr.on('data', (chunk: Buffer) => {
        if (said.length < 10_000) said += chunk.toString();
        if (said.includes('Server is ready')) resolve();
      });
    });
    child.removeAllListeners('exit');
  }

  /** @param signal `SIGSTOP` makes it slow beyond measure, `SIGCONT` wakes it. */
  signal(signal: NodeJS.Signals): void {
    this.process?.kill(signal);
  }

  /** Ends the server; the store stays. */
  async halt(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { process: child } = this;
    this.process = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Ends the server and removes its store. */
  async end(): Promise<void> {
    await this.halt('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get config(): string {
    return join(this.folder, 'nats.conf');
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
