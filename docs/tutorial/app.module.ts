import { Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { EventBus } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { HarbourChain } from './harbour-chain.port.js';
import { HarbourModule } from './harbour.module.js';

/** A chain that fits into a page: a block for each payment. */
@Injectable()
export class Ledger extends HarbourChain implements OnApplicationBootstrap {
  private newest = 0;

  constructor(private readonly bus: EventBus) {
    super();
  }

  height(): number {
    return this.newest;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.pay('genesis', 'alice', 2n ** 64n);
  }

  async pay(from: string, to: string, amount: bigint): Promise<void> {
    const height = ++this.newest;
    await Promise.all([
      this.bus.publish('harbour.block', { height }),
      this.bus.publish('harbour.payment', { height, from, to, amount }),
    ]);
  }
}

@Module({ imports: [SluiceModule.forRoot(), HarbourModule.forRoot({ chain: Ledger })] })
export class AppModule {}
