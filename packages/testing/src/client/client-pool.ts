import { TestClient } from './test-client.js';
import type { TestClientOptions } from './test-client.options.js';

/**
 * The clients of one test, ended together.
 * @example
 * const clients = new ClientPool();
 * afterEach(() => clients.closeAll());
 */
export class ClientPool {
  private clients: TestClient[] = [];

  /** @param defaults Used where a call of `connect` says nothing. */
  constructor(private readonly defaults: TestClientOptions = {}) {}

  /** As {@link TestClient.connect}; the client belongs to this pool. */
  async connect(url: string | URL, options: TestClientOptions = {}): Promise<TestClient> {
    const client = await TestClient.connect(url, { ...this.defaults, ...options });
    this.clients.push(client);
    return client;
  }

  /** Connects `count` clients at the same time. */
  connectMany(
    count: number,
    url: string | URL,
    options?: TestClientOptions,
  ): Promise<TestClient[]> {
    return Promise.all(Array.from({ length: count }, () => this.connect(url, options)));
  }

  /** Drops every connection and waits until all have ended. */
  async closeAll(): Promise<void> {
    const clients = this.clients;
    this.clients = [];
    await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
  }
}
