import type { SampleConfig } from '../config/sample-config.js';
import type { BannerSection, DialectCard, DialectUrls } from '../dialects/sample-dialect.js';
import type { SamplePlaces } from '../dialects/sample-places.js';
import type { HathorSource } from './hathor-source.js';
import type { RunningChain } from './running-chain.js';

/** Where Hathor's endpoints are, and what to do with them. */
export function hathorCard(
  { http: host, operators }: SamplePlaces,
  config: SampleConfig,
  { running }: Pick<HathorSource, 'running'>,
): DialectCard {
  const urls = {
    http: `http://${host}/v1a`,
    event_ws: `ws://${host}/v1a/event_ws`,
    event: `http://${host}/v1a/event`,
    control: `http://${operators}/control/hathor`,
  };
  const events: BannerSection = {
    title: `Hathor · ${describeSource(config)}`,
    lines: [
      ['event socket', `${urls.event_ws}   (also at /event_ws)`],
      ['events, HTTP', urls.event],
      ['control', urls.control],
    ],
  };
  const examples = [
    `npm run events -- --url ${urls.event_ws}`,
    `npx wscat -c ${urls.event_ws} -x '{"type":"START_STREAM","window_size":10}' -w 5`,
    `curl '${urls.event}?size=5'`,
  ];
  const isServed = running !== undefined || config.role === 'gateway';
  if (!isServed) return { urls, sections: [events], examples };
  // The other sockets and, for wallets, a tx-mining-service need a chain that runs.
  const mining_ws = `ws://${host}/v1a/mining_ws`;
  const walletUrls = { ws: `ws://${host}/v1a/ws`, tx_mining: `http://${host}/tx-mining` };
  return {
    urls: { ...urls, mining_ws, ...walletUrls },
    sections: [
      {
        ...events,
        lines: [...events.lines, ['mining socket', `${mining_ws}   (also at /mining)`]],
      },
      walletSection(urls, walletUrls, running),
    ],
    examples: [...examples, `npm run mine -- --url ${mining_ws}`, ...chainExamples(urls.control)],
  };
}

function walletSection(
  { http }: { http: string },
  { ws, tx_mining }: DialectUrls & { ws: string; tx_mining: string },
  running?: RunningChain,
): BannerSection {
  return {
    title: 'Hathor wallets · network privatenet',
    lines: [
      ['wallet socket', ws],
      ['node', `${http}/`],
      ['tx mining', `${tx_mining}/`],
      // Anyone may open these wallets, as their words are no secret.
      ...(running === undefined ? [] : wordsOf(running)),
    ],
  };
}

function wordsOf({ chain }: RunningChain): BannerSection['lines'] {
  return [
    ['genesis words', chain.genesisWallet.words],
    ['miner’s words', chain.wallet.words],
  ];
}

function chainExamples(control: string): string[] {
  const json = "-H 'content-type: application/json' -d";
  return [
    `curl -X POST ${control}/mine`,
    `curl -X POST ${control}/reorg ${json} '{"depth":2}'`,
    `curl -X POST ${control}/pay ${json} '{"address":"W…","amount":1000}'`,
  ];
}

function describeSource({ source, seed, log, data, nats, role }: SampleConfig): string {
  if (role === 'gateway') return `gateway of the writer at ${nats.join()}`;
  const place = {
    memory: 'in memory',
    lmdb: `in ${data}`,
    jetstream: `in ${data} and at ${nats.join()}`,
  };
  const kept = `kept ${place[log]}`;
  switch (source.kind) {
    case 'chain': {
      const pace =
        source.paceMs === 0 ? 'blocks by hand' : `a block about every ${source.paceMs / 1000} s`;
      return `mock chain of seed ${seed}, ${pace}, ${kept}`;
    }
    case 'scenario':
      return `scenario ${source.name} of seed ${seed}, ${kept}`;
    case 'recording':
      return `recording ${source.file}, ${kept}`;
  }
}
