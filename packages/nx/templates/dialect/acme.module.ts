import { Module } from '@nestjs/common';
import { ConfigurableAcmeModule } from './acme.module-definition.js';

/**
 * Mounts the Acme endpoint. Needs `SluiceModule` in the same application.
 *
 * ```ts
 * AcmeModule.forRoot({ network: 'mainnet', chain: LedgerChain, imports: [LedgerModule] })
 * ```
 */
@Module({})
export class AcmeModule extends ConfigurableAcmeModule {}
