import type { INestApplication, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { EventBus } from '@sluice/engine';
import type { SluiceOptions } from '@sluice/nestjs';
import { SessionRegistry, SluiceModule } from '@sluice/nestjs';
import type { TestClient, TestClientOptions } from '@sluice/testing';
import { ClientPool } from '@sluice/testing';
import type { NanoOptions, NanoTopic, NanoWallets } from '../../src/index.js';
import { NanoModule } from '../../src/index.js';

/** What an application of a test is made of. */
export interface NanoAppOptions {
  readonly nano?: NanoOptions;
  readonly localWallets?: Type<NanoWallets>;
  readonly sluice?: SluiceOptions;
}

/** A running application with a Nano socket on a port of its own, and its clients. */
export class NanoApp {
  private readonly clients = new ClientPool();

  private constructor(
    readonly app: INestApplication,
    readonly bus: EventBus,
  ) {}

  static async start({ nano, localWallets, sluice }: NanoAppOptions = {}): Promise<NanoApp> {
    const module = await Test.createTestingModule({
      imports: [
        SluiceModule.forRoot(sluice ?? {}),
        NanoModule.forRoot({
          port: 'free',
          address: '127.0.0.1',
          ...nano,
          ...(localWallets && { localWallets }),
        }),
      ],
    })
      .setLogger(SILENT)
      .compile();
    const app = module.createNestApplication({ logger: false });
    await app.listen(0, '127.0.0.1');
    return new NanoApp(app, app.get(EventBus));
  }

  get port(): number {
    const [endpoint] = this.app.get(SessionRegistry).endpoints;
    if (endpoint?.port === undefined) throw new Error('The socket does not listen');
    return endpoint.port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  connect(path = '', options?: TestClientOptions): Promise<TestClient> {
    return this.clients.connect(`${this.url}${path}`, options);
  }

  /** A client whose requests have been carried out. */
  async connected(...requests: readonly (object | string)[]): Promise<TestClient> {
    const client = await this.connect();
    for (const request of requests) client.send(request);
    await settled(client);
    return client;
  }

  /** Number of connections that have a topic (contract 5.3). */
  count(topic: NanoTopic): number | undefined {
    return this.app.get(SessionRegistry).endpoints[0]?.topics.get(topic);
  }

  async stop(): Promise<void> {
    await this.clients.closeAll();
    await this.app.close();
  }
}

/** Waits until the server has dealt with what a client sent, and has sent nothing because of it. */
export async function settled(client: TestClient): Promise<void> {
  client.send({ action: 'ping', id: 'settled' });
  const answer = await client.nextJson();
  if ((answer as { id?: string }).id !== 'settled') {
    throw new Error(`Unexpected: ${JSON.stringify(answer)}`);
  }
}

/** Everything up to now that was sent to a client. */
export async function receivedBy(client: TestClient): Promise<unknown[]> {
  client.send({ action: 'ping', id: 'received' });
  const messages = await client.untilJson<{ id?: string }>(({ id }) => id === 'received');
  return messages.slice(0, -1);
}

const ignore = (): void => undefined;
const SILENT = { log: ignore, error: ignore, warn: ignore };
