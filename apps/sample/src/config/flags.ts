/** Every flag of the sample app. Each is also an environment variable: `--hathor-port` is `SLUICE_HATHOR_PORT`. */
export interface Flag {
  readonly name: string;
  /** Shown in the help; absent for a switch. */
  readonly value?: string;
  readonly fallback?: string;
  readonly help: string;
}

const port = (name: string, fallback: number, what: string): Flag => ({
  name,
  value: 'PORT',
  fallback: String(fallback),
  help: `port of ${what}; 0 takes a free one`,
});

export const FLAGS = [
  { name: 'address', value: 'IP', fallback: '127.0.0.1', help: 'address to listen on' },
  port('hathor-port', 8080, 'Hathor (sockets, HTTP, /control)'),
  {
    name: 'operators-port',
    value: 'PORT',
    help: 'port of their own for /control, /inspector, /metrics, /health, on 127.0.0.1; default: as Hathor',
  },
  {
    name: 'control-open',
    help: '/control answers everybody who can connect; default: this machine only',
  },
  port('nano-port', 7078, 'Nano'),
  port('lighthouse-port', 5053, 'Lighthouse'),
  port('bigchaindb-port', 9984, 'BigchainDB over HTTP'),
  port('bigchaindb-stream-port', 9985, "BigchainDB's stream"),
  port('basalt-port', 5000, 'Basalt (stream, HTTP)'),
  { name: 'ws', help: 'Lighthouse’s socket is on; it is anyway, unless --compat node' },
  { name: 'no-ws', help: 'Lighthouse is not mounted' },
  {
    name: 'ws-address',
    value: 'IPV4',
    help: 'address of Lighthouse’s socket; default that of --address',
  },
  { name: 'ws-port', value: 'PORT', help: 'another name of --lighthouse-port; it wins' },
  { name: 'zero-ports', help: 'every port is a free one' },
  { name: 'only', value: 'LIST', help: 'dialects to mount, separated by commas; default all' },
  {
    name: 'compat',
    value: 'published|node',
    fallback: 'published',
    help: 'whose word counts where page and node differ',
  },
  {
    name: 'extensions',
    help: 'BigchainDB’s filters and stream of blocks, which no node has, are on',
  },
  { name: 'seed', value: 'N', fallback: '1', help: 'seed of the mock chain' },
  {
    name: 'start-time',
    value: 'TIME',
    help: "when a new chain's own clock starts, ISO 8601 or Unix seconds; default: it follows the wall clock",
  },
  {
    name: 'pace',
    value: 'TIME',
    fallback: '5s',
    help: 'time between blocks (500ms, 5s, 1m); 0: only by hand',
  },
  {
    name: 'scenario',
    value: 'NAME',
    help: "serve one of the event simulator's scenarios instead of a running chain",
  },
  { name: 'events', value: 'FILE', help: 'serve a recording of events instead of a running chain' },
  {
    name: 'log',
    value: 'memory|lmdb|jetstream',
    help: 'event log; default lmdb, memory with --scenario and --events',
  },
  {
    name: 'nats',
    value: 'URLS',
    fallback: 'nats://127.0.0.1:4222',
    help: 'servers of --log jetstream, separated by commas',
  },
  {
    name: 'role',
    value: 'writer|gateway',
    fallback: 'writer',
    help: 'with --log jetstream: the writer has the chain, gateways have clients',
  },
  { name: 'data', value: 'DIR', fallback: 'data', help: 'folder of the event log and the chain' },
  { name: 'json', help: 'print one line of JSON with all URLs instead of the banner' },
  { name: 'help', help: 'show this help' },
] as const satisfies readonly Flag[];

/** Name of a flag. */
export type FlagName = (typeof FLAGS)[number]['name'];

/** The environment variable that stands for a flag. */
export function variableOf(name: string): string {
  return `SLUICE_${name.replaceAll('-', '_').toUpperCase()}`;
}

/** Text for `--help`. */
export function helpText(): string {
  const rows = FLAGS.map((flag: Flag) => {
    const usage = flag.value === undefined ? `--${flag.name}` : `--${flag.name} ${flag.value}`;
    const fallback = flag.fallback === undefined ? '' : ` (default ${flag.fallback})`;
    return `  ${usage.padEnd(32)} ${flag.help}${fallback}`;
  });
  return [
    'Sluice sample: a local node that speaks the real protocols, on a mock chain.',
    '',
    ...rows,
    '',
    'Each flag is also an environment variable: --hathor-port is SLUICE_HATHOR_PORT. Flags win.',
  ].join('\n');
}
