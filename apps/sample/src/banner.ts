import type { SampleConfig } from './config/sample-config.js';

/** Where the sample's endpoints are. */
export interface SampleUrls {
  readonly hathor: {
    readonly http: string;
    readonly event_ws: string;
    readonly event: string;
    readonly control: string;
  };
}

/** @param port the port that was opened, as `--hathor-port` may have been 0. */
export function sampleUrls({ address }: SampleConfig, port: number): SampleUrls {
  const host = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  return {
    hathor: {
      http: `http://${host}/v1a`,
      event_ws: `ws://${host}/v1a/event_ws`,
      event: `http://${host}/v1a/event`,
      control: `http://${host}/control/hathor`,
    },
  };
}

/** What the person who starts the sample sees. */
export function banner(config: SampleConfig, { hathor }: SampleUrls): string {
  return [
    '',
    `  Sluice sample · ${describeSource(config)}`,
    '',
    '  Hathor',
    `    event socket   ${hathor.event_ws}   (also at /event_ws)`,
    `    events, HTTP   ${hathor.event}`,
    `    control        ${hathor.control}`,
    '',
    '  Try',
    `    npm run events -- --url ${hathor.event_ws}`,
    `    npx wscat -c ${hathor.event_ws} -x '{"type":"START_STREAM","window_size":10}' -w 5`,
    `    curl '${hathor.event}?size=5'`,
    ...(config.source.kind === 'chain'
      ? [
          `    curl -X POST ${hathor.control}/mine`,
          `    curl -X POST ${hathor.control}/reorg -H 'content-type: application/json' -d '{"depth":2}'`,
        ]
      : []),
    '',
    '  --help shows the flags, Ctrl-C stops.',
    '',
  ].join('\n');
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
