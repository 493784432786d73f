import { Module, type DynamicModule } from '@nestjs/common';
import { NanoModule, type NanoOptions } from '@sluice/nano';
import { networkInterfaces } from 'node:os';
import type { SampleConfig } from '../config/sample-config.js';
import type { SampleDialect } from '../dialects/sample-dialect.js';
import { answerNano } from '../nodes/remote-nano-wallets.js';
import { servedCalls } from '../nodes/served-calls.js';
import { NanoControlController } from './control/nano-control.controller.js';
import { nanoCard } from './nano-card.js';
import { NanoFeed } from './nano-feed.js';
import { NanoRpcController } from './rpc/nano-rpc.controller.js';
import {
  ChainWallets,
  NANO_SOURCE,
  openNanoSource,
  WORK_THRESHOLD,
  type NanoSource,
} from './nano-source.js';

/** What the ports of the Nano module are given, too. */
@Module({})
class NanoSourceModule {}

@Module({})
class NanoDialectModule {
  static of(config: SampleConfig, source: NanoSource): DynamicModule {
    const sourceModule: DynamicModule = {
      module: NanoSourceModule,
      providers: [{ provide: NANO_SOURCE, useValue: source }],
      exports: [NANO_SOURCE],
    };
    return {
      module: NanoDialectModule,
      imports: [
        sourceModule,
        NanoModule.forRoot({
          ...nanoOptions(config),
          localWallets: ChainWallets,
          imports: [sourceModule],
        }),
      ],
      controllers: [NanoControlController, NanoRpcController],
      providers: [NanoFeed, servedCalls('nano', NANO_SOURCE, answerNano)],
    };
  }
}

/** Of every node, wherever its chain is. */
export function nanoOptions(config: SampleConfig): NanoOptions {
  return {
    port: config.ports.nano,
    address: addresses(config),
    compat: config.compat,
    baseDifficulty: WORK_THRESHOLD,
  };
}

/** Nano's clients look for a node at `[::1]` if they are not told otherwise: where all is on loopback, that is loopback, too. */
function addresses({ address }: SampleConfig): readonly string[] {
  const hasIpv6 = Object.values(networkInterfaces()).some((entries) =>
    entries?.some((entry) => entry.address === '::1'),
  );
  return address === '127.0.0.1' && hasIpv6 ? [address, '::1'] : [address];
}

/** Nano on a mock chain. */
export function nanoDialect(config: SampleConfig): SampleDialect {
  const source = openNanoSource(config);
  return {
    module: NanoDialectModule.of(config, source),
    card: (places) => nanoCard(places, config, source),
  };
}
