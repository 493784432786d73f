import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { HarbourChain } from './harbour-chain.port.js';
import { HarbourGateway } from './harbour.gateway.js';

/** Mounts a Harbour node's stream. Needs `SluiceModule` in the same application. */
@Module({})
export class HarbourModule {
  /** @param chain made by the container: it may inject what it needs from global modules. */
  static forRoot({ chain }: { readonly chain: Type<HarbourChain> }): DynamicModule {
    const providers = [{ provide: HarbourChain, useClass: chain }, HarbourGateway];
    return { module: HarbourModule, providers };
  }
}
