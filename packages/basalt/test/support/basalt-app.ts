import type { INestApplication } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { SteppedClock } from '@sluice/engine/testing';
import {
  SessionRegistry,
  SluiceModule,
  type EndpointStatus,
  type SluiceOptions,
} from '@sluice/nestjs';
import { ClientPool, RawClient, type TestClient, type TestClientOptions } from '@sluice/testing';
import {
  BasaltBlocks,
  BasaltFollower,
  BasaltModule,
  type BasaltBlock,
  type BasaltExtras,
  type BasaltOptions,
} from '../../src/index.js';
import { until } from './until.js';

/** What an application of a test is made of. */
export interface BasaltAppOptions {
  readonly basalt?: BasaltOptions & BasaltExtras;
  readonly sluice?: SluiceOptions;
  /** The block that its chain has at the start. */
  readonly latest?: BasaltBlock;
}

/** A running node and its clients, ended together. */
export class BasaltApp {
  readonly bus: EventBus;
  readonly blocks: BasaltBlocks;
  readonly follower: BasaltFollower;
  private readonly clients = new ClientPool();

  private constructor(
    readonly app: INestApplication,
    readonly clock: SteppedClock,
  ) {
    this.bus = app.get(EventBus);
    this.blocks = app.get(BasaltBlocks);
    this.follower = app.get(BasaltFollower);
  }

  /** Starts on a free port of the loopback interface; time stands still. */
  static async start({ basalt, sluice, latest }: BasaltAppOptions = {}): Promise<BasaltApp> {
    const clock = new SteppedClock();
    @Module({
      imports: [
        SluiceModule.forRoot({ clock, ...sluice }),
        BasaltModule.forRoot({ port: 'free', address: '127.0.0.1', ...basalt }),
      ],
    })
    class RootModule {}
    const app = await NestFactory.create(RootModule, { logger: false, abortOnError: false });
    const node = new BasaltApp(app, clock);
    if (latest !== undefined) node.blocks.prime(latest);
    await app.listen(0, '127.0.0.1');
    return node;
  }

  /** Port of the stream. */
  get port(): number {
    return this.status.port ?? 0;
  }

  get http(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get url(): string {
    return `ws://127.0.0.1:${String(this.port)}/ws/blocks`;
  }

  get status(): EndpointStatus {
    const [endpoint] = this.app.get(SessionRegistry).endpoints;
    if (endpoint === undefined) throw new Error('There is no endpoint');
    return endpoint;
  }

  /** Connects, and waits until the node counts the client. */
  async connect(options?: TestClientOptions): Promise<TestClient> {
    const client = await this.clients.connect(this.url, options);
    await client.ping();
    return client;
  }

  /** Connects a client that sees frames, and waits until the node counts it. */
  async raw(): Promise<RawClient> {
    const before = this.status.sessions.length;
    const client = await RawClient.connect(this.url);
    await until(() => this.status.sessions.length > before);
    return client;
  }

  async announce(...blocks: readonly BasaltBlock[]): Promise<void> {
    for (const block of blocks) await this.blocks.announce(block);
  }

  async stop(): Promise<void> {
    await this.clients.closeAll();
    await this.app.close();
  }
}

/** The nodes of a test, ended together. */
export class BasaltApps {
  private running: BasaltApp[] = [];

  async start(options?: BasaltAppOptions): Promise<BasaltApp> {
    const app = await BasaltApp.start(options);
    this.running.push(app);
    return app;
  }

  async stopAll(): Promise<void> {
    const apps = this.running;
    this.running = [];
    await Promise.all(apps.map((app) => app.stop()));
  }
}
