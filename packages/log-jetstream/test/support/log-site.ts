import { jetstreamLog, type JetStreamLogOptions, type JetStreamLogStore } from '../../src/index.js';
import { NatsServer, type NatsServerOptions } from '../../src/testing/index.js';
import { LossyProxy } from './lossy-proxy.js';

/** A server, a way to it that can break, and the stores of processes that use it: all of them end with the test. */
export class LogSite {
  private readonly stores: JetStreamLogStore[] = [];

  private constructor(
    readonly server: NatsServer,
    readonly proxy: LossyProxy,
  ) {}

  static async start(options: NatsServerOptions = {}): Promise<LogSite> {
    const server = await NatsServer.start(options);
    return new LogSite(server, await LossyProxy.start(server.port));
  }

  /** A process that reaches the server directly. */
  store(options: Partial<JetStreamLogOptions> = {}): JetStreamLogStore {
    const store = jetstreamLog({ servers: this.server.url, ...options });
    this.stores.push(store);
    return store;
  }

  /** A process whose way to the server can break. */
  storeBehindProxy(options: Partial<JetStreamLogOptions> = {}): JetStreamLogStore {
    return this.store({ ...options, servers: this.proxy.url });
  }

  /** Ends the processes that there are. */
  async closeStores(): Promise<void> {
    await Promise.all(this.stores.splice(0).map((store) => store.close()));
  }

  async end(): Promise<void> {
    await this.closeStores();
    await this.proxy.end();
    await this.server.end();
  }
}
