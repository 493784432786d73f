import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigurableNanoModule } from './nano.module-definition.js';
import type { NanoExtras, NanoOptions } from './nano.options.js';

/**
 * Mounts the WebSocket server of a Nano node. Needs `SluiceModule` in the same application.
 *
 * ```ts
 * NanoModule.forRoot({ port: 7078, address: '::', wallets: ['nano_…'] })
 * ```
 */
@Module({})
export class NanoModule extends ConfigurableNanoModule {
  /** @param options each has a default. */
  static override forRoot(options: NanoOptions & NanoExtras = {}): DynamicModule {
    return super.forRoot(options);
  }
}
