import { Module, type DynamicModule } from '@nestjs/common';
import { BeaconGateway, LighthouseModule } from '@sluice/lighthouse';
import type { SampleConfig } from '../config/sample-config.js';
import type { DialectCard, SampleDialect } from '../dialects/sample-dialect.js';
import type { SamplePlaces } from '../dialects/sample-places.js';
import { LighthouseControlController } from './lighthouse-control.controller.js';
import { LighthouseFeed } from './lighthouse-feed.js';

@Module({})
class LighthouseDialectModule {
  static of({ compat, ports, lighthouseAddress }: SampleConfig): DynamicModule {
    return {
      module: LighthouseDialectModule,
      imports: [
        LighthouseModule.forRoot({ compat, port: ports.lighthouse, address: lighthouseAddress }),
      ],
      controllers: [LighthouseControlController],
      providers: [LighthouseFeed],
    };
  }
}

/** A Lighthouse beacon node on its mock chain. */
export function lighthouseDialect(config: SampleConfig): SampleDialect {
  return {
    module: LighthouseDialectModule.of(config),
    card: (places) => card(places, config),
  };
}

function card(places: SamplePlaces, config: SampleConfig): DialectCard {
  const urls = {
    ws: `ws://${places.of(BeaconGateway, config.lighthouseAddress)}`,
    control: `http://${places.http}/control/lighthouse`,
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
