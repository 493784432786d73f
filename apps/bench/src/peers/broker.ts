/** A message broker as a server under measurement: a program of its own, and a connection that publishes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { findProgram, type Program } from './programs.js';

/** Which broker to run. */
export interface BrokerOptions {
  readonly program: Extract<Program, 'nats-server' | 'mosquitto'>;
  /** Lines of its configuration, given the ports for publishers and for WebSocket clients. */
  readonly config: (port: number, webSocketPort: number) => readonly string[];
}

export interface Broker {
  readonly pid: number;
  /** Of WebSocket clients. */
  readonly url: string;
  /** A connection for publishing. */
  readonly socket: Socket;
}

const START_MS = 10_000;

/** @throws Error if it does not listen after ten seconds. */
export async function startBroker({ program, config }: BrokerOptions): Promise<Broker> {
  const path = findProgram(program);
  if (path === undefined) throw new Error(`${program} is not installed`);
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const [port, webSocketPort] = [await freePort(), await freePort()];
  const file = join(folder, `${program}.conf`);
  writeFileSync(file, config(port, webSocketPort).join('\n') + '\n');
  const child = spawn(path, ['-c', file], { stdio: 'ignore' });
  process.on('exit', () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const socket = await connected(port, Date.now() + START_MS);
  await connected(webSocketPort, Date.now() + START_MS).then((probe) => probe.destroy());
  if (child.pid === undefined) throw new Error(`${program} did not start`);
  return { pid: child.pid, url: `ws://127.0.0.1:${webSocketPort}/`, socket };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function connected(port: number, until: number): Promise<Socket> {
  for (;;) {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      if (Date.now() > until) throw error;
      await setTimeout(20);
    }
  }
}
