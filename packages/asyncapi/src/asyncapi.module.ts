import {
  Inject,
  Module,
  RequestMethod,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import {
  ASYNCAPI_OPTIONS,
  ASYNCAPI_SETTINGS,
  ConfigurableAsyncApiModule,
} from './asyncapi.module-definition.js';
import {
  asyncApiSettings,
  type AsyncApiModuleOptions,
  type AsyncApiSettings,
} from './asyncapi.options.js';
import { AsyncApiServer } from './http/asyncapi-server.js';

/** Serves the document of the application's gateways on its HTTP server. Needs `SluiceModule`. */
@Module({
  providers: [
    { provide: ASYNCAPI_SETTINGS, inject: [ASYNCAPI_OPTIONS], useFactory: asyncApiSettings },
    AsyncApiServer,
  ],
})
export class AsyncApiModule extends ConfigurableAsyncApiModule implements NestModule {
  constructor(
    @Inject(ASYNCAPI_SETTINGS) private readonly settings: AsyncApiSettings,
    private readonly server: AsyncApiServer,
  ) {
    super();
  }

  /** @param options each has a default. */
  static override forRoot(options: AsyncApiModuleOptions = {}): DynamicModule {
    return super.forRoot(options);
  }

  /** A middleware: the application's guards, pipes and interceptors are made for its own answers. */
  configure(consumer: MiddlewareConsumer): void {
    const { path } = this.settings;
    consumer.apply(this.server.middleware).forRoutes(
      ...[path, `${path}.json`, `${path}.yaml`].map((route) => ({
        path: route,
        method: RequestMethod.ALL,
      })),
    );
  }
}
