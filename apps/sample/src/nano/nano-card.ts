import { NanoGateway } from '@sluice/nano';
import type { SampleConfig } from '../config/sample-config.js';
import type { DialectCard } from '../dialects/sample-dialect.js';
import type { SamplePlaces } from '../dialects/sample-places.js';
import type { NanoSource } from './nano-source.js';

/** Where Nano's socket is, and what to do with it. @param at the chain, if it is in this process. */
export function nanoCard(
  places: SamplePlaces,
  { seed, source, compat }: SampleConfig,
  at?: NanoSource,
): DialectCard {
  const urls = {
    ws: `ws://${places.of(NanoGateway)}`,
    rpc: `http://${places.http}/nano-rpc`,
    control: `http://${places.operators}/control/nano`,
  };
  const pace =
    source.kind === 'chain' && source.paceMs > 0
      ? `a block about every ${source.paceMs / 1000} s`
      : 'blocks by hand';
  const json = "-H 'content-type: application/json' -d";
  return {
    urls,
    sections: [
      {
        title: `Nano · mock chain of seed ${seed}, ${pace}, compat ${compat}`,
        lines: [
          ['socket', `${urls.ws}   (any path)`],
          ['RPC', `${urls.rpc}   (what wallets need of it)`],
          ['control', urls.control],
          // Anyone may open this wallet, as its seed is no secret.
          ...(at === undefined ? [] : [['wallet seed', at.chain.keys.wallet.seed] as const]),
        ],
      },
    ],
    examples: [
      `npx wscat -c ${urls.ws} -x '{"action":"subscribe","topic":"confirmation"}' -w 30`,
      `curl -X POST ${urls.control}/send`,
      `curl -X POST ${urls.control}/fork ${json} '{"winner":"second"}'`,
    ],
  };
}
