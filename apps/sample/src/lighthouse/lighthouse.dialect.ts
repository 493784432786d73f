import { Module, type DynamicModule } from '@nestjs/common';
import { BeaconGateway, LighthouseModule } from '@sluice/lighthouse';
import type { SampleConfig } from '../config/sample-config.js';
import type { DialectCard, SampleDialect } from '../dialects/sample-dialect.js';
import type { SamplePlaces } from '../dialects/sample-places.js';
import { LighthouseControlController } from './lighthouse-control.controller.js';
import { LighthouseFeed } from './lighthouse-feed.js';

@Module({})
class LighthouseDialectModule {
  static of(config: SampleConfig): DynamicModule {
    return {
      module: LighthouseDialectModule,
      imports: [lighthouseModule(config)],
      controllers: [LighthouseControlController],
      providers: [LighthouseFeed],
    };
  }
}

/** Of every node, wherever its chain is. */
export function lighthouseModule({
  compat,
  ports,
  lighthouseAddress,
}: SampleConfig): DynamicModule {
  return LighthouseModule.forRoot({ compat, port: ports.lighthouse, address: lighthouseAddress });
}

/** A Lighthouse beacon node on its mock chain. */
export function lighthouseDialect(config: SampleConfig): SampleDialect {
  return {
    module: LighthouseDialectModule.of(config),
    card: (places) => lighthouseCard(places, config),
  };
}

/** Where Lighthouse's socket is, and what to do with it. */
export function lighthouseCard(places: SamplePlaces, config: SampleConfig): DialectCard {
  const urls = {
    ws: `ws://${places.of(BeaconGateway, config.lighthouseAddress)}`,
    control: `http://${places.operators}/control/lighthouse`,
  };
  const { source, seed } = config;
  const pace =
    source.kind === 'chain' && source.paceMs > 0
      ? `a slot every ${String(source.paceMs / 1000)} s`
      : 'slots by hand';
  return {
    urls,
    sections: [
      {
        title: `Lighthouse · beacon chain of seed ${String(seed)}, ${pace}`,
        lines: [
          ['event socket', urls.ws],
          ['control', urls.control],
        ],
      },
    ],
    examples: [`npx wscat -c ${urls.ws}`, `curl -X POST ${urls.control}/finalise`],
  };
}
