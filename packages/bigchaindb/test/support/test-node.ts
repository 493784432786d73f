/** A running application with the module in it, and its clients. */
import type { INestApplication } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { EventBus } from '@sluice/engine';
import { SessionRegistry, SluiceModule, type SluiceLimits } from '@sluice/nestjs';
import { ClientPool, type TestClient } from '@sluice/testing';
import {
  BigchaindbModule,
  StreamDispatcher,
  TransactionStreamGateway,
  type BigchaindbExtras,
  type BigchaindbOptions,
  type CommittedBlock,
} from '../../src/index.js';

export interface TestNodeOptions extends BigchaindbOptions, BigchaindbExtras {
  readonly platform?: 'express' | 'fastify';
  readonly moduleLimits?: SluiceLimits;
}

export const STREAM_PATH = '/api/v1/streams/valid_transactions';

export class TestNode {
  private readonly clients = new ClientPool();

  private constructor(
    readonly app: INestApplication,
    /** Base URL of the web API. */
    readonly http: string,
  ) {}

  static async start(options: TestNodeOptions = {}): Promise<TestNode> {
    const { platform = 'express', moduleLimits = {}, wsserver, ...rest } = options;
    @Module({
      imports: [
        SluiceModule.forRoot({ limits: moduleLimits }),
        BigchaindbModule.forRoot({
          environment: {},
          wsserver: { port: 'free', host: '127.0.0.1', ...wsserver },
          ...rest,
        }),
      ],
    })
    class NodeModule {}
    const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
    const app = await NestFactory.create(NodeModule, adapter, {
      logger: false,
      abortOnError: false,
    });
    await app.listen(0, '127.0.0.1');
    return new TestNode(app, await app.getUrl());
  }

  /** Host and port of a gateway. */
  host(gateway = TransactionStreamGateway.name): string {
    const { endpoints } = this.app.get(SessionRegistry);
    const endpoint = endpoints.find((other) => other.gateway === gateway);
    return `127.0.0.1:${String(endpoint?.port)}`;
  }

  url(path = STREAM_PATH, gateway?: string): string {
    return `ws://${this.host(gateway)}${path}`;
  }

  connect(path?: string, gateway?: string): Promise<TestClient> {
    return this.clients.connect(this.url(path, gateway));
  }

  get dispatcher(): StreamDispatcher {
    return this.app.get(StreamDispatcher);
  }

  commit(block: CommittedBlock): Promise<void> {
    return this.app.get(EventBus).publish('block.committed', block);
  }

  async stop(): Promise<void> {
    await this.clients.closeAll();
    await this.app.close();
  }
}
