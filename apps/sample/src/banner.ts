import type { SampleConfig } from './config/sample-config.js';

/** Where the sample's endpoints are. */
export interface SampleUrls {
  readonly hathor: {
    readonly http: string;
    readonly event_ws: string;
    readonly event: string;
    readonly control: string;
    /** The wallet socket and, for wallets, a tx-mining-service; only where a chain runs. */
    readonly ws?: string;
    readonly tx_mining?: string;
  };
}

/** A wallet that anyone may open, as its words are no secret. */
export interface OpenWallet {
  readonly name: string;
  /** 24 words for any Hathor wallet. */
  readonly words: string;
}

/** @param port the port that was opened, as `--hathor-port` may have been 0. */
export function sampleUrls({ address, source }: SampleConfig, port: number): SampleUrls {
  const host = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  return {
    hathor: {
      http: `http://${host}/v1a`,
      event_ws: `ws://${host}/v1a/event_ws`,
      event: `http://${host}/v1a/event`,
      control: `http://${host}/control/hathor`,
      ...(source.kind === 'chain' && {
        ws: `ws://${host}/v1a/ws`,
        tx_mining: `http://${host}/tx-mining`,
      }),
    },
  };
}

/** What the person who starts the sample sees. */
export function banner(
  config: SampleConfig,
  { hathor }: SampleUrls,
  wallets: readonly OpenWallet[],
): string {
  return [
    '',
    `  Sluice sample · ${describeSource(config)}`,
    '',
    '  Hathor',
    `    event socket   ${hathor.event_ws}   (also at /event_ws)`,
    `    events, HTTP   ${hathor.event}`,
    `    control        ${hathor.control}`,
    ...(config.source.kind === 'chain' ? walletLines(hathor, wallets) : []),
    '',
    '  Try',
    `    npm run events -- --url ${hathor.event_ws}`,
    `    npx wscat -c ${hathor.event_ws} -x '{"type":"START_STREAM","window_size":10}' -w 5`,
    `    curl '${hathor.event}?size=5'`,
    ...(config.source.kind === 'chain' ? chainLines(hathor) : []),
    '',
    '  --help shows the flags, Ctrl-C stops.',
    '',
  ].join('\n');
}

function walletLines(
  { http, ws, tx_mining }: SampleUrls['hathor'],
  wallets: readonly OpenWallet[],
): string[] {
  return [
    '',
    '  Hathor wallets, network privatenet',
    `    wallet socket  ${ws}`,
    `    node           ${http}/`,
    `    tx mining      ${tx_mining}/`,
    ...wallets.map(({ name, words }) => `    ${name.padEnd(14)} ${words}`),
  ];
}

function chainLines({ control }: SampleUrls['hathor']): string[] {
  const json = "-H 'content-type: application/json' -d";
  return [
    `    curl -X POST ${control}/mine`,
    `    curl -X POST ${control}/reorg ${json} '{"depth":2}'`,
    `    curl -X POST ${control}/pay ${json} '{"address":"W…","amount":1000}'`,
  ];
}

function describeSource({ source, seed, log, data }: SampleConfig): string {
  const kept = log === 'lmdb' ? `kept in ${data}` : 'kept in memory';
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
