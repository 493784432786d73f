import {
  Inject,
  Logger,
  Module,
  RequestMethod,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { InspectorServer } from './http/inspector-server.js';
import {
  ConfigurableInspectorModule,
  INSPECTOR_OPTIONS,
  INSPECTOR_SETTINGS,
} from './inspector.module-definition.js';
import {
  inspectorSettings,
  type InspectorOptions,
  type InspectorSettings,
} from './inspector.options.js';
import { StreamCatalogue } from './views/stream-catalogue.js';

/** Serves the inspector on the application's HTTP server. Needs `SluiceModule`. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: INSPECTOR_SETTINGS, inject: [INSPECTOR_OPTIONS], useFactory: inspectorSettings },
    StreamCatalogue,
    InspectorServer,
  ],
})
export class InspectorModule extends ConfigurableInspectorModule implements NestModule {
  constructor(
    @Inject(INSPECTOR_SETTINGS) private readonly settings: InspectorSettings,
    private readonly server: InspectorServer,
  ) {
    super();
  }

  /** @param options each has a default. */
  static override forRoot(options: InspectorOptions = {}): DynamicModule {
    return super.forRoot(options);
  }

  /** A middleware: the application's own guards, pipes and interceptors are made for its answers, not for these. */
  configure(consumer: MiddlewareConsumer): void {
    const { path, guard } = this.settings;
    if (process.env.NODE_ENV === 'production' && guard === undefined) {
      new Logger(InspectorModule.name).error(
        `The inspector at ${path} is off: in production (NODE_ENV) it needs the option \`guard\`, such as passwordGuard()`,
      );
      return;
    }
    consumer
      .apply(this.server.middleware)
      .forRoutes(
        ...[path, `${path}/*rest`].map((route) => ({ path: route, method: RequestMethod.ALL })),
      );
  }
}
