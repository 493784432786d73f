import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NodeCalls } from '@sluice/engine';
import { natsCalls } from '@sluice/log-jetstream';
import type { SampleConfig } from '../config/sample-config.js';
import { ForwardedHttp } from './forwarded-http.js';
import { answerHttp } from './http-call.js';
import { NODE_CALLS } from './node-calls.token.js';
import { servedCalls } from './served-calls.js';
import { WriterWatch } from './writer-watch.js';

/** Time for what takes a chain longest, such as mining many blocks, milliseconds. */
const LONGEST_CALL = 60_000;

class CallsEnd implements OnApplicationShutdown {
  constructor(private readonly calls: NodeCalls | undefined) {}

  async onApplicationShutdown(): Promise<void> {
    await this.calls?.close();
  }
}

/** What the writer does for gateways, and gateways ask of it. */
@Global()
@Module({})
export class NodesModule {
  static of({ log, nats, role, address }: SampleConfig): DynamicModule {
    const calls =
      log === 'jetstream' ? natsCalls({ servers: nats, timeout: LONGEST_CALL }) : undefined;
    return {
      module: NodesModule,
      providers: [
        { provide: NODE_CALLS, useValue: calls },
        { provide: CallsEnd, useFactory: () => new CallsEnd(calls) },
        ...(role === 'gateway' ? [ForwardedHttp] : []),
        ...(role === 'writer' && log === 'jetstream'
          ? [
              WriterWatch,
              servedCalls('http', HttpAdapterHost, (host: HttpAdapterHost) =>
                answerHttp(host, address),
              ),
            ]
          : []),
      ],
      exports: [NODE_CALLS],
    };
  }
}
