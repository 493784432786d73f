import type {
  DynamicModule,
  INestApplication,
  LoggerService,
  NestApplicationOptions,
  Provider,
  Type,
  WebSocketAdapter,
} from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ClientPool, type TestClient, type TestClientOptions } from '@sluice/testing';
import { SluiceModule, type SluiceOptions } from '../../src/index.js';

/** HTTP platforms every binding test runs on. */
export const PLATFORMS = ['express', 'fastify'] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface ApplicationOptions {
  readonly platform?: Platform;
  readonly sluice?: SluiceOptions;
  readonly providers?: Provider[];
  readonly imports?: (Type | DynamicModule)[];
  readonly controllers?: Type[];
  readonly logger?: LoggerService | false;
  /** Makes the application's own server speak TLS. */
  readonly https?: NonNullable<NestApplicationOptions['httpsOptions']>;
  /** Runs before the application is initialised. */
  readonly before?: (app: INestApplication) => void;
  readonly adapter?: (app: INestApplication) => WebSocketAdapter;
}

/** A running application and its clients, ended together. */
export class TestApplication {
  private readonly clients = new ClientPool();

  private constructor(
    readonly app: INestApplication,
    readonly port: number,
  ) {}

  static async start(options: ApplicationOptions = {}): Promise<TestApplication> {
    const app = await TestApplication.create(options);
    await app.listen(0, '127.0.0.1');
    const url = new URL(await app.getUrl());
    return new TestApplication(app, Number(url.port));
  }

  /** As {@link start}, without listening. */
  static async create(options: ApplicationOptions = {}): Promise<INestApplication> {
    const { https } = options;
    const onFastify = https === undefined ? new FastifyAdapter() : new FastifyAdapter({ https });
    const http = options.platform === 'fastify' ? onFastify : new ExpressAdapter();
    const app = await NestFactory.create(rootModule(options), http, {
      logger: options.logger ?? false,
      ...(https !== undefined && { httpsOptions: https }),
      abortOnError: false,
    });
    if (options.adapter !== undefined) app.useWebSocketAdapter(options.adapter(app));
    options.before?.(app);
    return app;
  }

  url(path: string, port = this.port): string {
    return `ws://127.0.0.1:${String(port)}${path}`;
  }

  connect(path: string, options?: TestClientOptions): Promise<TestClient> {
    return this.clients.connect(this.url(path), options);
  }

  async stop(): Promise<void> {
    await this.clients.closeAll();
    await this.app.close();
  }
}

function rootModule(options: ApplicationOptions): Type {
  const { sluice = {}, providers = [], imports = [], controllers = [] } = options;
  @Module({ imports: [SluiceModule.forRoot(sluice), ...imports], providers, controllers })
  class RootModule {}
  return RootModule;
}
