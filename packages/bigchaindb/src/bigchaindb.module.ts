import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigurableBigchaindbModule } from './bigchaindb.module-definition.js';
import type { BigchaindbExtras, BigchaindbOptions } from './bigchaindb.options.js';

/**
 * Mounts the event stream of a BigchainDB node, and the documents by which clients find it. Needs `SluiceModule` in the
 * same application.
 *
 * ```ts
 * BigchaindbModule.forRoot({ wsserver: { host: '0.0.0.0', advertised_host: 'chain.example' } })
 * ```
 */
@Module({})
export class BigchaindbModule extends ConfigurableBigchaindbModule {
  /** @param options each has a default. */
  static override forRoot(options: BigchaindbOptions & BigchaindbExtras = {}): DynamicModule {
    return super.forRoot(options);
  }
}
