import { BlockGateway } from '@sluice/basalt';
import type { SampleConfig } from '../config/sample-config.js';
import type { DialectCard } from '../dialects/sample-dialect.js';
import type { SamplePlaces } from '../dialects/sample-places.js';

/** Where Basalt's endpoints are, and what to do with them. */
export function basaltCard(places: SamplePlaces, config: SampleConfig): DialectCard {
  const host = places.of(BlockGateway);
  const urls = {
    ws: `ws://${host}/ws/blocks`,
    http: `http://${host}/v1`,
    control: `http://${places.operators}/control/basalt`,
  };
  return {
    urls,
    sections: [
      {
        title: `Basalt · ${describe(config)}`,
        lines: [
          ['block stream', urls.ws],
          ['blocks, HTTP', `${urls.http}/blocks/latest`],
          ['control', urls.control],
        ],
      },
    ],
    examples: [
      `npx wscat -c ${urls.ws}`,
      `curl ${urls.http}/sync/status`,
      ...(config.basalt.mode === 'rpc' ? [] : [`curl -X POST ${urls.control}/mine`]),
    ],
  };
}

function describe({ basalt, seed, source }: SampleConfig): string {
  if (basalt.mode === 'rpc') return `follows ${[basalt.syncSource].flat().join(', ')}`;
  const paceMs = source.kind === 'chain' ? source.paceMs : 0;
  const pace = paceMs === 0 ? 'blocks by hand' : `a block every ${String(paceMs / 1000)} s`;
  return `mock chain of seed ${String(seed)}, ${pace}`;
}
