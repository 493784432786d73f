import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { SessionRegistry, SluiceModule, type SluiceOptions } from '@sluice/nestjs';
import { ClientPool, type TestClient } from '@sluice/testing';
import {
  BeaconChain,
  LighthouseModule,
  type LighthouseExtras,
  type LighthouseOptions,
} from '../../src/index.js';
import { eventOf } from './vectors.js';

/** A running application with an event socket, and its clients. */
export class BeaconApp {
  readonly clients = new ClientPool();

  private constructor(readonly app: INestApplication) {}

  /** On a free port, unless the options name one. */
  static async start(
    options: LighthouseOptions & LighthouseExtras = {},
    sluice: SluiceOptions = {},
  ): Promise<BeaconApp> {
    @Module({
      imports: [
        SluiceModule.forRoot(sluice),
        LighthouseModule.forRoot({ port: 'free', ...options }),
      ],
    })
    class AppModule {}
    const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
    try {
      await app.listen(0, '127.0.0.1');
    } catch (error) {
      await app.close();
      throw error;
    }
    return new BeaconApp(app);
  }

  /** TCP port of the event socket. */
  get port(): number {
    const [endpoint] = this.app.get(SessionRegistry).endpoints;
    if (endpoint?.port === undefined) throw new Error('The event socket does not listen');
    return endpoint.port;
  }

  get url(): string {
    return `ws://127.0.0.1:${String(this.port)}`;
  }

  get bus(): EventBus {
    return this.app.get(EventBus);
  }

  get chain(): BeaconChain {
    return this.app.get(BeaconChain);
  }

  connect(path = ''): Promise<TestClient> {
    return this.clients.connect(this.url + path);
  }

  /** Publishes the event that a golden message tells of. */
  publish(frame: string): Promise<void> {
    const { type, data } = eventOf(frame);
    return this.bus.publish(type, data);
  }

  async stop(): Promise<void> {
    await this.clients.closeAll();
    await this.app.close();
  }
}
