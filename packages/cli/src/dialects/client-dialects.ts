import { basaltDialect } from './basalt.dialect.js';
import { bigchaindbDialect } from './bigchaindb.dialect.js';
import type { ClientDialect, DialectName } from './client-dialect.js';
import { hathorEventsDialect } from './hathor-events.dialect.js';
import { hathorMiningDialect } from './hathor-mining.dialect.js';
import { hathorDialect } from './hathor.dialect.js';
import { lighthouseDialect } from './lighthouse.dialect.js';
import { nanoDialect } from './nano.dialect.js';

const DIALECTS: readonly ClientDialect[] = [
  hathorDialect,
  hathorEventsDialect,
  hathorMiningDialect,
  nanoDialect,
  lighthouseDialect,
  bigchaindbDialect,
  basaltDialect,
];

/** Names for `--dialect`. */
export const DIALECT_NAMES: readonly DialectName[] = DIALECTS.map(({ name }) => name);

/** The client side of a protocol. */
export function clientDialect(name: DialectName): ClientDialect {
  const dialect = DIALECTS.find((each) => each.name === name);
  if (dialect === undefined) throw new RangeError(`There is no dialect ${name}`);
  return dialect;
}

/** Paths that only one protocol has; with or without a final slash. */
const PATHS: readonly (readonly [RegExp, DialectName])[] = [
  [/\/event_ws\/?$/, 'hathor-events'],
  [/\/mining_ws\/?$/, 'hathor-mining'],
  [/\/v1a\/ws\/?$/, 'hathor'],
  [/\/ws\/blocks\/?$/i, 'basalt'],
  [/\/api\/v1\/streams\/valid_transactions$/, 'bigchaindb'],
];

/** The nodes' own ports: some protocols live on any path. */
const PORTS: Readonly<Record<string, DialectName>> = {
  5000: 'basalt',
  5100: 'basalt',
  5053: 'lighthouse',
  7078: 'nano',
  17_078: 'nano',
  57_000: 'nano',
  47_000: 'nano',
  9985: 'bigchaindb',
};

/** Paths that others may have as well. */
const VAGUE_PATHS: typeof PATHS = [
  [/\/mining\/?$/, 'hathor-mining'],
  [/\/ws\/?$/, 'hathor'],
];

/** The protocol that is spoken at a URL; undefined if the URL does not tell. */
export function guessDialect({ pathname, port }: URL): DialectName | undefined {
  const byPath = (paths: typeof PATHS): DialectName | undefined =>
    paths.find(([path]) => path.test(pathname))?.[1];
  return byPath(PATHS) ?? PORTS[port] ?? byPath(VAGUE_PATHS);
}
