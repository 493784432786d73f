import { basaltEnvironment, type BasaltEnvironment } from '@sluice/basalt';
import { parseArgs } from 'node:util';
import type { Flag, FlagName } from './flags.js';
import { lighthouseSocket } from '../lighthouse/lighthouse-flags.js';
import { FLAGS, variableOf } from './flags.js';

/** A flag or variable the sample cannot use. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Dialects the sample can mount. */
export const DIALECTS = ['hathor', 'nano', 'lighthouse', 'bigchaindb', 'basalt'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** What the running sample offers its clients. */
export type SampleSource =
  | {
      readonly kind: 'chain';
      readonly paceMs: number;
      /** Unix seconds at which a new chain's own clock starts; absent: it follows the wall clock. */
      readonly startTime?: number;
    }
  | { readonly kind: 'scenario'; readonly name: string }
  | { readonly kind: 'recording'; readonly file: string };

/** TCP port of a gateway, as `@ChainGateway` takes it. */
export type GatewayPort = number | 'free';

/** TCP ports. */
export interface SamplePorts {
  /** Of the application itself: Hathor, and `/control` of all dialects. 0: any free one. */
  readonly hathor: number;
  readonly nano: GatewayPort;
  readonly lighthouse: GatewayPort;
  /** HTTP. 0: any free one. */
  readonly bigchaindb: number;
  readonly bigchaindbStream: GatewayPort;
  readonly basalt: GatewayPort;
}

/** Flags and variables, understood. */
export interface SampleConfig {
  readonly help: boolean;
  readonly json: boolean;
  readonly address: string;
  readonly ports: SamplePorts;
  /** Where `/control` and other endpoints of operators are, on 127.0.0.1; absent: on the application's port. */
  readonly operatorsPort?: GatewayPort;
  /** Whether `/control` answers other machines, too. */
  readonly controlOpen: boolean;
  /** What Lighthouse's socket listens on. */
  readonly lighthouseAddress: string;
  readonly dialects: readonly DialectName[];
  readonly compat: 'published' | 'node';
  /** Whether dialects have what no node has. */
  readonly extensions: boolean;
  readonly seed: number;
  readonly source: SampleSource;
  /** What a Basalt node reads from its own variables. */
  readonly basalt: Omit<BasaltEnvironment, 'port'>;
  readonly log: 'memory' | 'lmdb' | 'jetstream';
  /** Where the servers of `jetstream` are. */
  readonly nats: readonly string[];
  /** Whether the chain is here, or in another process. */
  readonly role: 'writer' | 'gateway';
  readonly data: string;
}

type Values = Partial<Record<FlagName, string>>;

/**
 * Reads flags, then environment variables, then a Basalt node's own variables, then defaults.
 *
 * @throws ConfigError naming every flag that cannot be used, or OptionsError naming a node's variable.
 */
export function readConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SampleConfig {
  const { port, ...basalt } = basaltEnvironment(environment);
  const given: Values = {
    ...fallbacks(),
    ...(port !== undefined && { 'basalt-port': String(port) }),
    ...variables(environment),
    ...flags(args),
  };
  const isZero = isSet(given['zero-ports']);
  const values = isZero ? { ...given, ...zeroPorts(given) } : given;
  const faults: string[] = [];
  const check = <T>(name: FlagName, parse: (text: string) => T | undefined): T => {
    const value = parse(values[name] ?? '');
    if (value === undefined) faults.push(`--${name} cannot be '${values[name] ?? ''}'`);
    return value as T;
  };
  const source = parseSource(values, check);
  const compat = check('compat', oneOf('published', 'node'));
  const socket = lighthouseSocket(
    {
      on: isSet(values.ws),
      off: isSet(values['no-ws']),
      address: values['ws-address'],
      port: values['ws-port'],
    },
    compat,
    (message) => faults.push(message),
  );
  const replay = source.kind !== 'chain';
  const config: SampleConfig = {
    help: isSet(values.help),
    json: isSet(values.json),
    address: values.address ?? '',
    ports: {
      hathor: check('hathor-port', parsePort),
      nano: check('nano-port', parseGatewayPort),
      lighthouse: isZero ? 'free' : (socket.port ?? check('lighthouse-port', parseGatewayPort)),
      bigchaindb: check('bigchaindb-port', parsePort),
      bigchaindbStream: check('bigchaindb-stream-port', parseGatewayPort),
      basalt: check('basalt-port', parseGatewayPort),
    },
    ...(values['operators-port'] !== undefined && {
      operatorsPort: check('operators-port', parseGatewayPort),
    }),
    controlOpen: isSet(values['control-open']),
    lighthouseAddress: socket.address ?? values.address ?? '',
    dialects: check('only', parseDialects)?.filter(
      (name) => name !== 'lighthouse' || socket.enabled,
    ),
    compat,
    extensions: isSet(values.extensions),
    seed: check('seed', parseSeed),
    source,
    basalt,
    log:
      values.log === undefined
        ? replay
          ? 'memory'
          : 'lmdb'
        : check('log', oneOf('memory', 'lmdb', 'jetstream')),
    nats: check('nats', parseServers),
    role: check('role', oneOf('writer', 'gateway')),
    data: values.data ?? '',
  };
  if (values.scenario !== undefined && values.events !== undefined) {
    faults.push('--scenario and --events exclude each other');
  }
  if (config.role === 'gateway') {
    if (config.log !== 'jetstream') faults.push('--role gateway needs --log jetstream');
    if (replay) faults.push('--role gateway serves what the writer serves');
  }
  if (faults.length > 0) throw new ConfigError(faults.join('; '));
  return config;
}

function parseSource(
  values: Values,
  check: <T>(name: FlagName, parse: (text: string) => T | undefined) => T,
): SampleSource {
  if (values.events !== undefined) return { kind: 'recording', file: values.events };
  if (values.scenario !== undefined) return { kind: 'scenario', name: values.scenario };
  const paceMs = check('pace', parseDuration);
  if (values['start-time'] === undefined) return { kind: 'chain', paceMs };
  return { kind: 'chain', paceMs, startTime: check('start-time', parseTime) };
}

function flags(args: readonly string[]): Values {
  const options = Object.fromEntries(
    FLAGS.map((flag: Flag) => [
      flag.name,
      { type: flag.value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
}

function variables(environment: Readonly<Record<string, string | undefined>>): Values {
  const found = FLAGS.map(({ name }) => [name, environment[variableOf(name)]] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== ''));
}

function fallbacks(): Values {
  return Object.fromEntries(
    FLAGS.map((flag: Flag) => [flag.name, flag.fallback]).filter(
      ([, value]) => value !== undefined,
    ),
  ) as Values;
}

/**
 * `--zero-ports`: every port that is open anyway is a free one, whatever else is said. The node reads its own `--ws-port` all
 * the same.
 */
function zeroPorts(given: Values): Values {
  const ports = FLAGS.filter(
    ({ name }) => name.endsWith('-port') && name !== 'ws-port' && given[name] !== undefined,
  );
  return Object.fromEntries(ports.map(({ name }) => [name, '0']));
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== 'false' && value !== '0';
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function parseGatewayPort(text: string): GatewayPort | undefined {
  const port = parsePort(text);
  return port === 0 ? 'free' : port;
}

function parseSeed(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32 ? Number(text) : undefined;
}

function parseDialects(text: string): readonly DialectName[] | undefined {
  if (text === '') return DIALECTS;
  const names = text.split(',').map((name) => name.trim());
  const known = names.filter((name): name is DialectName =>
    (DIALECTS as readonly string[]).includes(name),
  );
  return known.length === names.length ? known : undefined;
}

function parseServers(text: string): readonly string[] | undefined {
  const servers = text.split(',').map((server) => server.trim());
  return servers.includes('') ? undefined : servers;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, '': 1000 };

/** Milliseconds of `250ms`, `5s`, `1m` or `0`; a bare number is seconds. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|)$/.exec(text);
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1));
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;
/** The last time that a vertex can have, Unix seconds. */
const LAST_TIME = 2 ** 32 - 1;

/** Unix seconds of an ISO 8601 time, of UTC unless it says otherwise, or of a number of Unix seconds. */
export function parseTime(text: string): number | undefined {
  const iso = ISO_TIME.exec(text);
  if (iso === null && !/^\d{1,10}$/.test(text)) return undefined;
  const isLocal = iso?.[1] !== undefined && iso[4] === undefined;
  const seconds = iso === null ? Number(text) : Date.parse(isLocal ? `${text}Z` : text) / 1000;
  return seconds >= 0 && seconds <= LAST_TIME ? Math.floor(seconds) : undefined;
}

function oneOf<T extends string>(...choices: readonly T[]): (text: string) => T | undefined {
  return (text) => choices.find((choice) => choice === text);
}
