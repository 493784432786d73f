import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { memoryLog } from '@sluice/engine';
import { HathorModule } from '@sluice/hathor';
import { lmdbLog } from '@sluice/log-lmdb';
import { SluiceModule } from '@sluice/nestjs';
import { join } from 'node:path';
import type { SampleConfig } from './config/sample-config.js';
import { SAMPLE_CONFIG } from './config/sample-config.token.js';
import { ControlController } from './control/control.controller.js';
import { HathorFeed } from './hathor/hathor-feed.js';
import type { HathorSource } from './hathor/hathor-source.js';
import { HATHOR_SOURCE, openHathorSource } from './hathor/hathor-source.js';
import { FixedHathorChain, RunningHathorChain } from './hathor/mock-hathor-chain.js';
import { TxMiningController } from './hathor/tx-mining/tx-mining.controller.js';
import { TxMiningService } from './hathor/tx-mining/tx-mining.service.js';
import { ThreadTxMiner, TxMiner } from './hathor/tx-mining/tx-miner.js';

const TX_MINING = [TxMiningService, { provide: TxMiner, useClass: ThreadTxMiner }];

/** What the parts of the sample share. */
@Global()
@Module({})
class SampleContext {
  static of(config: SampleConfig, source: HathorSource): DynamicModule {
    return {
      module: SampleContext,
      providers: [
        { provide: SAMPLE_CONFIG, useValue: config },
        { provide: HATHOR_SOURCE, useValue: source },
      ],
      exports: [SAMPLE_CONFIG, HATHOR_SOURCE],
    };
  }
}

/** Every dialect on the mock chain. */
@Module({})
export class AppModule {
  /** @throws ConfigError if what the flags name cannot be served. */
  static of(config: SampleConfig): DynamicModule {
    const source = openHathorSource(config);
    // Fixed events have no chain behind them that a wallet could live on.
    const isRunning = source.running !== undefined;
    return {
      module: AppModule,
      imports: [
        SampleContext.of(config, source),
        SluiceModule.forRoot({
          log: config.log === 'lmdb' ? lmdbLog({ path: join(config.data, 'events') }) : memoryLog(),
        }),
        HathorModule.forRoot({
          ...source.options,
          chain: isRunning ? RunningHathorChain : FixedHathorChain,
        }),
      ],
      controllers: [ControlController, ...(isRunning ? [TxMiningController] : [])],
      providers: [HathorFeed, ...(isRunning ? TX_MINING : [])],
    };
  }
}
