import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { AsyncApiModule } from '@sluice/asyncapi';
import type { EventLogStore } from '@sluice/engine';
import { InspectorModule } from '@sluice/inspector';
import { natsFanOut } from '@sluice/log-jetstream';
import { SluiceModule } from '@sluice/nestjs';
import { ControlAccess } from './control/control-access.js';
import type { SampleConfig } from './config/sample-config.js';
import { SAMPLE_CONFIG } from './config/sample-config.token.js';
import type { OpenDialects } from './dialects/sample-dialects.js';
import { SAMPLE_FORMS } from './inspector/sample-forms.js';
import { SAMPLE_PANELS } from './inspector/sample-panels.js';
import { NodesModule } from './nodes/nodes.module.js';
import { OperationsModule } from './operations/operations.module.js';

/** The flags, for every dialect. */
@Global()
@Module({})
class SampleContext {
  static of(config: SampleConfig): DynamicModule {
    return {
      module: SampleContext,
      providers: [{ provide: SAMPLE_CONFIG, useValue: config }, ControlAccess],
      exports: [SAMPLE_CONFIG, ControlAccess],
    };
  }
}

/** Where the inspector is on the application's HTTP server. */
export const INSPECTOR_PATH = '/inspector';

/** Where the document of all gateways is on that server. */
export const ASYNCAPI_PATH = '/asyncapi';

/** The dialects on their mock chains, the inspector, and the document of it all. */
@Module({})
export class AppModule {
  static of(config: SampleConfig, dialects: OpenDialects, log: EventLogStore): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SampleContext.of(config),
        NodesModule.of(config),
        SluiceModule.forRoot({
          // Each dialect has the limits of its node, and local tests come from one address.
          limits: {
            connections: Infinity,
            connectionsPerAddress: Infinity,
            upgradesPerSecond: Infinity,
            upgradesPerSecondPerAddress: Infinity,
          },
          log,
          role: config.role,
          ...(config.operatorsPort !== undefined && { operators: { port: config.operatorsPort } }),
          ...(config.log === 'jetstream' && { fanOut: natsFanOut({ servers: config.nats }) }),
        }),
        OperationsModule,
        InspectorModule.forRoot({
          path: INSPECTOR_PATH,
          // The chains, and what drives them, are with the writer.
          panels:
            config.role === 'gateway'
              ? []
              : Array.from(dialects.keys(), (name) => SAMPLE_PANELS[name]),
          forms: SAMPLE_FORMS,
        }),
        AsyncApiModule.forRoot({ path: ASYNCAPI_PATH, title: 'Sluice sample' }),
        ...Array.from(dialects.values(), ({ module }) => module),
      ],
    };
  }
}
