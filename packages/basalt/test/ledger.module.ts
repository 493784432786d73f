import { Global, Injectable, Module } from '@nestjs/common';
import { EventBus } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { BasaltChain, basaltEnvironment, BasaltModule, type BasaltBlock } from '../src/index.js';

/** Your blocks, wherever they are kept. */
@Injectable()
export class Ledger {
  private readonly blocks: BasaltBlock[] = [];

  constructor(private readonly bus: EventBus) {}

  get newest(): BasaltBlock | undefined {
    return this.blocks.at(-1);
  }

  find(which: number | bigint | string): BasaltBlock | undefined {
    return this.blocks.find(({ number, hash }) => number === which || hash === which);
  }

  async add(block: BasaltBlock): Promise<void> {
    this.blocks.push(block);
    await this.bus.publish('basalt.block', block);
  }
}

/** What a node is asked: the latest block for new clients, any block for those who follow it. */
@Injectable()
export class LedgerChain extends BasaltChain {
  constructor(private readonly ledger: Ledger) {
    super();
  }

  latest(): BasaltBlock | undefined {
    return this.ledger.newest;
  }

  block(which: number | bigint | string): BasaltBlock | undefined {
    return this.ledger.find(which);
  }
}

@Global()
@Module({ providers: [Ledger], exports: [Ledger] })
export class LedgerModule {}

@Module({
  imports: [
    SluiceModule.forRoot(),
    LedgerModule,
    BasaltModule.forRoot({
      compat: 'node',
      ...basaltEnvironment(process.env),
      chain: LedgerChain,
    }),
  ],
})
export class AppModule {}
