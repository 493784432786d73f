import { Global, Module, type DynamicModule } from '@nestjs/common';
import { HathorMiningChain, HathorModule } from '@sluice/hathor';
import type { SampleConfig } from '../config/sample-config.js';
import type { SampleDialect } from '../dialects/sample-dialect.js';
import { answerHathor } from '../nodes/remote-hathor-chain.js';
import { servedCalls } from '../nodes/served-calls.js';
import { HathorControlController } from './control/hathor-control.controller.js';
import { hathorCard } from './hathor-card.js';
import { HathorFeed } from './hathor-feed.js';
import { HATHOR_SOURCE, openHathorSource, type HathorSource } from './hathor-source.js';
import { FixedHathorChain, RunningHathorChain } from './mock-hathor-chain.js';
import { TxMiningController } from './tx-mining/tx-mining.controller.js';
import { TxMiningMiddleware } from './tx-mining/tx-mining.middleware.js';
import { TxMiningService } from './tx-mining/tx-mining.service.js';
import { ThreadTxMiner, TxMiner } from './tx-mining/tx-miner.js';

/** What the ports of the Hathor module are given, too. */
@Global()
@Module({})
class HathorSourceModule {}

@Module({})
class HathorDialectModule {
  static of(source: HathorSource): DynamicModule {
    // Fixed events have no chain behind them that a wallet could live on.
    const isRunning = source.running !== undefined;
    const minesTransactions = [
      TxMiningMiddleware,
      TxMiningService,
      { provide: TxMiner, useClass: ThreadTxMiner },
      servedCalls('hathor', HathorMiningChain, answerHathor),
    ];
    return {
      module: HathorDialectModule,
      imports: [
        {
          module: HathorSourceModule,
          providers: [{ provide: HATHOR_SOURCE, useValue: source }],
          exports: [HATHOR_SOURCE],
        },
        HathorModule.forRoot({
          ...source.options,
          chain: isRunning ? RunningHathorChain : FixedHathorChain,
        }),
      ],
      controllers: [HathorControlController, ...(isRunning ? [TxMiningController] : [])],
      providers: [HathorFeed, ...(isRunning ? minesTransactions : [])],
    };
  }
}

/**
 * Hathor on the mock chain, or on fixed events.
 *
 * @throws ConfigError if the scenario or recording cannot be served.
 */
export function hathorDialect(config: SampleConfig): SampleDialect {
  const source = openHathorSource(config);
  return {
    module: HathorDialectModule.of(source),
    card: (places) => hathorCard(places, config, source),
  };
}
