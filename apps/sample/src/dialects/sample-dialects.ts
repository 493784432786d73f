import { basaltDialect } from '../basalt/basalt.dialect.js';
import type { DialectName, SampleConfig } from '../config/sample-config.js';
import { bigchaindbDialect } from '../bigchaindb/bigchaindb.dialect.js';
import { hathorDialect } from '../hathor/hathor.dialect.js';
import { lighthouseDialect } from '../lighthouse/lighthouse.dialect.js';
import { nanoDialect } from '../nano/nano.dialect.js';
import { GATEWAY_DIALECT } from '../nodes/gateway-dialects.js';
import type { SampleDialect } from './sample-dialect.js';

const DIALECT: Readonly<Record<DialectName, (config: SampleConfig) => SampleDialect>> = {
  hathor: hathorDialect,
  lighthouse: lighthouseDialect,
  nano: nanoDialect,
  bigchaindb: bigchaindbDialect,
  basalt: basaltDialect,
};

/** The dialects that the flags ask for, and their names. */
export type OpenDialects = ReadonlyMap<DialectName, SampleDialect>;

/** @throws ConfigError if what the flags name cannot be served. */
export function openDialects(config: SampleConfig): OpenDialects {
  const dialects = config.role === 'writer' ? DIALECT : GATEWAY_DIALECT;
  return new Map(config.dialects.map((name) => [name, dialects[name](config)]));
}
