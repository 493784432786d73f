import {
  Module,
  type DynamicModule,
  type INestApplication,
  type LoggerService,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MessageBody, SubscribeMessage } from '@nestjs/websockets';
import { EventBus, json, type Session } from '@sluice/engine';
import {
  ChainGateway,
  ConnectedSession,
  SluiceModule,
  Topic,
  type SluiceOptions,
} from '@sluice/nestjs';
import { ClientPool, type TestClient } from '@sluice/testing';
import { InspectorModule, type InspectorOptions } from '../../src/index.js';

declare module '@sluice/engine' {
  interface ChainEventMap {
    'quote.changed': { readonly symbol: string; readonly seed?: string };
  }
}

@ChainGateway({ path: '/quotes', codec: json({ command: 'action' }) })
class QuoteGateway {
  @SubscribeMessage('subscribe')
  subscribe(@MessageBody() body: object, @ConnectedSession() session: Session): object {
    session.subscribe('quote', body);
    return { ack: 'subscribe' };
  }

  @Topic('quote', { event: 'quote.changed' })
  quote(quote: object): object {
    return quote;
  }
}

export const PLATFORMS = ['express', 'fastify'] as const;

export interface InspectedOptions {
  readonly platform?: (typeof PLATFORMS)[number];
  readonly inspector?: InspectorOptions;
  readonly sluice?: SluiceOptions;
  readonly imports?: DynamicModule[];
  readonly globalPrefix?: string;
  readonly logger?: LoggerService | false;
}

/** An application with one gateway and the inspector, and the clients of both. */
export class InspectedApplication {
  private readonly clients = new ClientPool();

  private constructor(
    readonly app: INestApplication,
    /** Host and port. */
    readonly host: string,
  ) {}

  static async start(options: InspectedOptions = {}): Promise<InspectedApplication> {
    const { imports = [], inspector, sluice, platform, globalPrefix, logger = false } = options;
    @Module({
      imports: [SluiceModule.forRoot(sluice), InspectorModule.forRoot(inspector), ...imports],
      providers: [QuoteGateway],
    })
    class RootModule {}
    const http = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
    const app = await NestFactory.create(RootModule, http, { logger, abortOnError: false });
    if (globalPrefix !== undefined) app.setGlobalPrefix(globalPrefix);
    await app.listen(0, '127.0.0.1');
    return new InspectedApplication(app, new URL(await app.getUrl()).host);
  }

  get bus(): EventBus {
    return this.app.get(EventBus);
  }

  get url(): string {
    return `http://${this.host}/inspector`;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, { headers, redirect: 'manual' });
  }

  post(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, { method: 'POST', headers });
  }

  async json<T>(path: string): Promise<T> {
    return (await this.get(path)).json() as Promise<T>;
  }

  connect(path = '/quotes'): Promise<TestClient> {
    return this.clients.connect(`ws://${this.host}${path}`);
  }

  async stop(): Promise<void> {
    await this.clients.closeAll();
    await this.app.close();
  }
}
