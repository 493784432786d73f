import type { ConformanceCheck, Dialect } from '../check.js';
import { basaltChecks } from './basalt/basalt.suite.js';
import { bigchaindbChecks } from './bigchaindb/bigchaindb.suite.js';
import { hathorChecks } from './hathor/hathor.suite.js';
import { lighthouseChecks } from './lighthouse/lighthouse.suite.js';
import { nanoChecks } from './nano/nano.suite.js';

const SUITES: Readonly<Record<Dialect, readonly ConformanceCheck[]>> = {
  hathor: hathorChecks,
  nano: nanoChecks,
  lighthouse: lighthouseChecks,
  bigchaindb: bigchaindbChecks,
  basalt: basaltChecks,
};

/** The checks of a dialect, in the order in which they run. */
export function conformanceSuite(dialect: Dialect): readonly ConformanceCheck[] {
  return SUITES[dialect];
}
