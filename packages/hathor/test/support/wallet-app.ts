import type { INestApplication, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { EventLogStore } from '@sluice/engine';
import { EventBus } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { TestClient } from '@sluice/testing';
import type { HathorWalletChain, HathorWalletOptions, VertexData } from '../../src/index.js';
import {
  HathorChain,
  HathorHistoryStreams,
  HathorModule,
  HathorWalletLimits,
  HathorWalletStats,
} from '../../src/index.js';
import { ScriptedChain } from './scripted-chain.js';
import { SteppedClock } from './stepped-clock.js';
import type { VertexSketch } from './vertex-data.js';

/** What an application of a test is made of. */
export interface WalletAppOptions<C extends HathorWalletChain> {
  readonly chain?: Type<C>;
  readonly wallet?: HathorWalletOptions;
  /** With it the application has an event queue too. */
  readonly log?: EventLogStore;
}

/** A running application with a wallet socket. */
export class WalletApp<C extends HathorWalletChain = ScriptedChain> {
  readonly bus: EventBus;
  readonly chain: C;
  readonly limits: HathorWalletLimits;
  readonly streams: HathorHistoryStreams;
  readonly stats: HathorWalletStats;
  private readonly clients: TestClient[] = [];

  private constructor(
    readonly app: INestApplication,
    readonly clock: SteppedClock,
    readonly root: string,
  ) {
    this.bus = app.get(EventBus);
    this.chain = app.get<C>(HathorChain as unknown as Type<C>);
    this.limits = app.get(HathorWalletLimits);
    this.streams = app.get(HathorHistoryStreams);
    this.stats = app.get(HathorWalletStats);
  }

  /** Starts on a free port of the loopback interface. */
  static async start<C extends HathorWalletChain = ScriptedChain>(
    options: WalletAppOptions<C> = {},
  ): Promise<WalletApp<C>> {
    const clock = new SteppedClock();
    const module = await Test.createTestingModule({
      imports: [
        SluiceModule.forRoot({ clock, ...(options.log && { log: options.log }) }),
        HathorModule.forRoot({
          network: 'unittests',
          chain: options.chain ?? ScriptedChain,
          eventQueue: options.log !== undefined,
          ...(options.wallet && { wallet: options.wallet }),
        }),
      ],
    })
      .setLogger(SILENT)
      .compile();
    const app = module.createNestApplication({ logger: false });
    await app.listen(0, '127.0.0.1');
    return new WalletApp<C>(app, clock, (await app.getUrl()).replace('http', 'ws'));
  }

  /** Connects, without taking any message. */
  async connect(path = '/v1a/ws/'): Promise<TestClient> {
    const client = await TestClient.connect(this.root + path);
    this.clients.push(client);
    return client;
  }

  /** Connects and takes `capabilities`. */
  async client(path?: string): Promise<TestClient> {
    const client = await this.connect(path);
    await client.next();
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.clients.splice(0)) client.terminate();
    await this.app.close();
  }
}

/** Puts a vertex on the chain and tells the application, as a node does. */
export function accept(app: WalletApp, sketch: VertexSketch): VertexData {
  const data = app.chain.add(sketch);
  void app.bus.publish('vertex.accepted', data);
  return data;
}

/** Changes a vertex's metadata and tells the application, as consensus does. */
export function change(
  app: WalletApp,
  id: string,
  metadata: Partial<VertexData['metadata']>,
): VertexData {
  const data = app.chain.change(id, metadata);
  void app.bus.publish('vertex.metadata-changed', data);
  return data;
}

/** Tests cause faults on purpose. */
const ignore = (): void => undefined;
const SILENT = { log: ignore, error: ignore, warn: ignore };
