import { Module } from '@nestjs/common';
import { ConfigurableHathorModule } from './hathor.module-definition.js';

/**
 * Mounts the endpoints of a Hathor full node. Needs `SluiceModule` in the same application, with a log.
 *
 * ```ts
 * HathorModule.forRoot({ network: 'mainnet', chain: LedgerChain })
 * ```
 */
@Module({})
export class HathorModule extends ConfigurableHathorModule {}
