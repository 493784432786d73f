import { Module } from '@nestjs/common';
import { ConfigurableNanoModule } from './nano.module-definition.js';

/**
 * Mounts the WebSocket server of a Nano node. Needs `SluiceModule` in the same application.
 *
 * ```ts
 * NanoModule.forRoot({ port: 7078, address: '::', wallets: ['nano_…'] })
 * ```
 */
@Module({})
export class NanoModule extends ConfigurableNanoModule {}
