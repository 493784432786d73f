import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { NatsServer } from '../../src/testing/index.js';

/** Three servers that keep streams together. */
export class NatsCluster {
  private constructor(readonly servers: readonly NatsServer[]) {}

  /** Resolves when they have a leader. */
  static async start(): Promise<NatsCluster> {
    const ports = await Promise.all([1, 2, 3].map(() => freePort()));
    const routes = ports.map((port) => `nats://127.0.0.1:${port}`).join(', ');
    const servers = await Promise.all(
      ports.map((port, index) =>
        NatsServer.start({
          settings: [
            `server_name: n${index}`,
            `cluster { name: test, listen: "127.0.0.1:${port}", routes: [${routes}] }`,
          ],
        }),
      ),
    );
    const cluster = new NatsCluster(servers);
    await cluster.asking((manager) => manager.streams.names().next());
    return cluster;
  }

  get urls(): string[] {
    return this.servers.map(({ url }) => url);
  }

  /** The server that leads a stream, once one does. */
  leader(stream: string): Promise<NatsServer> {
    return this.asking(async (manager) => {
      const { cluster } = await manager.streams.info(stream);
      const found = this.servers.find((_, index) => `n${index}` === cluster?.leader);
      if (found === undefined) throw new Error(`${stream} has no leader`);
      return found;
    });
  }

  async end(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.end()));
  }

  /** Asks until there is an answer. */
  private async asking<T>(question: (manager: JetStreamManager) => Promise<T>): Promise<T> {
    const connection = await connect({ servers: this.urls, maxReconnectAttempts: -1 });
    try {
      for (;;) {
        try {
          const options = { checkAPI: false, timeout: 1000 };
          return await question(await jetstreamManager(connection, options));
        } catch {
          await pause(50);
        }
      }
    } finally {
      await connection.close();
    }
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
