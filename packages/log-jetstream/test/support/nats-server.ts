import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A nats-server with JetStream on a free loopback port, with a store of its own. It can be stopped and started again. */
export class NatsServer {
  private process: ChildProcess | undefined;

  private constructor(
    readonly directory: string,
    readonly port: number,
  ) {}

  /** @param settings Lines of the server's configuration file. */
  static async start(
    settings: readonly string[] = [],
    { jetstream = true } = {},
  ): Promise<NatsServer> {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-nats-'));
    const server = new NatsServer(directory, await freePort());
    const storage = `{ store_dir: "${directory}", max_file_store: 1GB, max_memory_store: 1MB }`;
    const lines = [
      `listen: 127.0.0.1:${server.port}`,
      ...(jetstream ? [`jetstream ${storage}`] : []),
      ...settings,
    ];
    writeFileSync(server.config, lines.join('\n'));
    await server.resume();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Starts the server on the same port and store. */
  async resume(): Promise<void> {
    const child = spawn('nats-server', ['-c', this.config], {
      // Where Debian puts it, which is not in everybody's path.
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.process = child;
    let log = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', (cause) =>
        reject(new Error('nats-server is needed: apt-get install nats-server', { cause })),
      );
      child.once('exit', (code) => reject(new Error(`nats-server ended with ${code}: ${log}`)));
      child.stderr?.on('data', (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes('Server is ready')) resolve();
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
    const child = this.process;
    this.process = undefined;
    if (child?.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Ends the server and removes its store. */
  async end(): Promise<void> {
    await this.halt('SIGKILL');
    rmSync(this.directory, { recursive: true });
  }

  private get config(): string {
    return join(this.directory, 'nats.conf');
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
