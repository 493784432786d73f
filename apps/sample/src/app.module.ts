import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { memoryLog } from '@sluice/engine';
import { jetstreamLog, natsFanOut } from '@sluice/log-jetstream';
import { lmdbLog } from '@sluice/log-lmdb';
import { SluiceModule, type SluiceOptions } from '@sluice/nestjs';
import { join } from 'node:path';
import type { SampleConfig } from './config/sample-config.js';
import { SAMPLE_CONFIG } from './config/sample-config.token.js';
import type { OpenDialects } from './dialects/sample-dialects.js';
import { NodesModule } from './nodes/nodes.module.js';

/** The flags, for every dialect. */
@Global()
@Module({})
class SampleContext {
  static of(config: SampleConfig): DynamicModule {
    return {
      module: SampleContext,
      providers: [{ provide: SAMPLE_CONFIG, useValue: config }],
      exports: [SAMPLE_CONFIG],
    };
  }
}

/** The dialects on their mock chains. */
@Module({})
export class AppModule {
  static of(config: SampleConfig, dialects: OpenDialects): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SampleContext.of(config),
        NodesModule.of(config),
        SluiceModule.forRoot({
          // Each dialect has the limits of its node, and local tests come from one address.
          limits: { connections: Infinity, connectionsPerAddress: Infinity },
          ...placeOf(config),
        }),
        ...Array.from(dialects.values(), ({ module }) => module),
      ],
    };
  }
}

/** Where events go, and what this process does with them. */
function placeOf({
  log,
  data,
  nats,
  role,
}: SampleConfig): Pick<SluiceOptions, 'log' | 'fanOut' | 'role'> {
  switch (log) {
    case 'memory':
      return { log: memoryLog() };
    case 'lmdb':
      return { log: lmdbLog({ path: join(data, 'events') }) };
    case 'jetstream':
      return {
        log: jetstreamLog({ servers: nats }),
        fanOut: natsFanOut({ servers: nats }),
        role,
      };
  }
}
