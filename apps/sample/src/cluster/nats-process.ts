import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A nats-server with JetStream on a free port of loopback. */
export class NatsProcess {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** @param folder where it keeps its streams. */
  static async start(folder: string): Promise<NatsProcess> {
    const server = new NatsProcess(folder, await freePort());
    await server.resume();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${String(this.port)}`;
  }

  /** Starts it where it was. */
  async resume(): Promise<void> {
    const args = ['-a', '127.0.0.1', '-p', String(this.port), '-js', '-sd', this.folder];
    const child = spawn('nats-server', args, {
      // Where Debian puts it, which is not in everybody's path.
      env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C is for the cluster, which ends what it has started in its own order.
      detached: true,
    });
    this.child = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('error', (cause) => {
        const where = 'apt-get install nats-server, or https://docs.nats.io';
        reject(new Error(`nats-server is needed: ${where}`, { cause }));
      });
      child.once('exit', () => {
        reject(new Error(`nats-server ended: ${said}`));
      });
      child.stderr.on('data', (chunk: Buffer) => {
        if (said.length < 10_000) said += chunk.toString();
        if (said.includes('Server is ready')) resolve();
      });
    });
    child.removeAllListeners('exit');
  }

  async halt(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
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
