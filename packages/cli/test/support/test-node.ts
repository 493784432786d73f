import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventBus } from '@sluice/engine';
import { SessionRegistry, SluiceModule, type SluiceOptions } from '@sluice/nestjs';

/** An application with gateways of a dialect, on a free port of the loopback interface. */
export class TestNode {
  private constructor(readonly app: INestApplication) {}

  static async start(
    dialect: DynamicModule | Promise<DynamicModule>,
    options: SluiceOptions = {},
  ): Promise<TestNode> {
    @Module({ imports: [SluiceModule.forRoot(options), dialect] })
    class RootModule {}
    const app = await NestFactory.create(RootModule, { logger: false, abortOnError: false });
    await app.listen(0, '127.0.0.1');
    return new TestNode(app);
  }

  get bus(): EventBus {
    return this.app.get(EventBus);
  }

  get<T>(token: Type<T>): T {
    return this.app.get(token);
  }

  /** Where the gateways listen that have a port of their own, or else the application. */
  async host(): Promise<string> {
    const own = this.app
      .get(SessionRegistry)
      .endpoints.find(({ port }) => port !== undefined)?.port;
    return own === undefined ? new URL(await this.app.getUrl()).host : `127.0.0.1:${String(own)}`;
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}
