import { Module, type DynamicModule } from '@nestjs/common';
import { BasaltChain, BasaltModule } from '@sluice/basalt';
import type { SampleConfig } from '../config/sample-config.js';
import type { SampleDialect } from '../dialects/sample-dialect.js';
import { answerBasalt } from '../nodes/remote-basalt-chain.js';
import { servedCalls } from '../nodes/served-calls.js';
import { basaltCard } from './basalt-card.js';
import { BasaltFeed } from './basalt-feed.js';
import { BASALT_SOURCE, openBasaltSource } from './basalt-source.js';
import { BasaltControlController } from './control/basalt-control.controller.js';
import { MockBasaltChain } from './mock-basalt-chain.js';

/** What the chain of the Basalt module is given, too. */
@Module({})
class BasaltSourceModule {}

@Module({})
class BasaltDialectModule {
  static of(config: SampleConfig): DynamicModule {
    const source = {
      module: BasaltSourceModule,
      providers: [{ provide: BASALT_SOURCE, useValue: openBasaltSource(config) }],
      exports: [BASALT_SOURCE],
    };
    return {
      module: BasaltDialectModule,
      imports: [
        source,
        BasaltModule.forRoot({
          address: config.address,
          ...config.basalt,
          port: config.ports.basalt,
          compat: config.compat,
          chain: MockBasaltChain,
          imports: [source],
        }),
      ],
      controllers: [BasaltControlController],
      providers: [BasaltFeed, servedCalls('basalt', BasaltChain, answerBasalt)],
    };
  }
}

/** Basalt on its mock chain, or following another node. */
export function basaltDialect(config: SampleConfig): SampleDialect {
  return { module: BasaltDialectModule.of(config), card: (places) => basaltCard(places, config) };
}
