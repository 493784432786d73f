import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SessionRegistry, SluiceModule, type SluiceOptions } from '@sluice/nestjs';
import { TestClient } from '@sluice/testing';
import { LighthouseModule, type LighthouseOptions } from '../../src/index.js';
import {
  BeaconRelayModule,
  BeaconRelayService,
  type BeaconRelayOptions,
} from '../../src/relay/index.js';
import { FakeBeaconNode } from './fake-beacon-node.js';

/** What a relay in a test is made of. */
export interface RelayAppOptions {
  readonly relay?: Partial<BeaconRelayOptions>;
  readonly lighthouse?: LighthouseOptions;
  readonly sluice?: SluiceOptions;
}

/** A beacon node of today, an application that follows it, and a client of the old socket. */
export class RelayApp {
  private constructor(
    readonly node: FakeBeaconNode,
    readonly app: INestApplication,
    readonly client: TestClient,
  ) {}

  /** Resolves when the relay knows the node's head and hears its stream. */
  static async start(node: FakeBeaconNode, options: RelayAppOptions = {}): Promise<RelayApp> {
    const relay = {
      upstreams: [node.url],
      blockRetryMs: 1,
      backOff: { firstMs: 5 },
      ...options.relay,
    };
    @Module({
      imports: [
        SluiceModule.forRoot(options.sluice),
        LighthouseModule.forRoot({ port: 'free', ...options.lighthouse }),
        BeaconRelayModule.forRoot(relay),
      ],
    })
    class AppModule {}
    const app = await NestFactory.create(AppModule, { logger: false });
    await app.listen(0, '127.0.0.1');
    const [endpoint] = app.get(SessionRegistry).endpoints;
    const client = await TestClient.connect(`ws://127.0.0.1:${String(endpoint?.port)}`);
    const relayApp = new RelayApp(node, app, client);
    await relayApp.until(() => relayApp.relay.head !== undefined && node.listeners > 0);
    return relayApp;
  }

  get relay(): BeaconRelayService {
    return this.app.get(BeaconRelayService);
  }

  /** Lets the event loop turn until something that is under way has happened. */
  async until(happened: () => boolean): Promise<void> {
    while (!happened()) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Takes so many frames, and one more that tells that nothing else was on its way. */
  async frames(count: number): Promise<readonly string[]> {
    const frames = await this.client.take(count);
    this.node.send('finalized_checkpoint', { epoch: '1', block: MARK, state: MARK });
    const last = await this.client.next();
    if (!last.includes(MARK)) throw new Error(`There is more: ${last}`);
    return frames;
  }

  async stop(): Promise<void> {
    this.client.terminate();
    await this.app.close();
    await this.node.stop();
  }
}

const MARK = `0x${'fe'.repeat(32)}`;
