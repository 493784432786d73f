import {
  Inject,
  Module,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import { ConfigurableBasaltModule } from './basalt.module-definition.js';
import type { BasaltExtras, BasaltOptions } from './basalt.options.js';
import type { BasaltSettings } from './basalt.settings.js';
import { BASALT_SETTINGS } from './basalt.tokens.js';
import { BasaltFront } from './front/basalt-front.service.js';

/**
 * Mounts the block stream of a Basalt node. Needs `SluiceModule` in the same application.
 *
 * ```ts
 * BasaltModule.forRoot({ ...basaltEnvironment(process.env), chain: LedgerChain })
 * ```
 */
@Module({})
export class BasaltModule extends ConfigurableBasaltModule implements NestModule {
  constructor(
    @Inject(BASALT_SETTINGS) private readonly settings: BasaltSettings,
    private readonly front: BasaltFront,
  ) {
    super();
  }

  /** @param options each has a default. */
  static override forRoot(options: BasaltOptions & BasaltExtras = {}): DynamicModule {
    return super.forRoot(options);
  }

  configure(consumer: MiddlewareConsumer): void {
    if (this.settings.port !== 'application') return;
    consumer.apply(this.front.middleware).forRoutes('{*path}');
  }
}
