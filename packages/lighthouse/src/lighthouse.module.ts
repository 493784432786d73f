import { Module, type DynamicModule } from '@nestjs/common';
import {
  ConfigurableLighthouseModule,
  type LighthouseExtras,
} from './lighthouse.module-definition.js';
import type { LighthouseOptions } from './lighthouse.options.js';

/**
 * Mounts the event socket of a Lighthouse beacon node, on a port of its own. Needs `SluiceModule` in the same application.
 *
 * ```ts
 * LighthouseModule.forRoot({ numbers: 'quoted' })
 * ```
 */
@Module({})
export class LighthouseModule extends ConfigurableLighthouseModule {
  /** @param options each has a default. */
  static override forRoot(options: LighthouseOptions & LighthouseExtras = {}): DynamicModule {
    return super.forRoot(options);
  }
}
