import type { ConformanceCheck, Dialect } from '../check.js';
import { basaltChecks } from './basalt/basalt.suite.js';
import { bigchaindbChecks } from './bigchaindb/bigchaindb.suite.js';
import { lighthouseChecks } from './lighthouse/lighthouse.suite.js';
import { nanoChecks } from './nano/nano.suite.js';

const SUITES: Readonly<Record<Dialect, readonly ConformanceCheck[]>> = {
  hathor: [],
  nano: nanoChecks,
  lighthouse: lighthouseChecks,
  bigchaindb: bigchaindbChecks,
  basalt: basaltChecks,
};

/** The checks of a dialect, in the order in which they run. */
export function conformanceSuite(dialect: Dialect): readonly ConformanceCheck[] {
  return SUITES[dialect];
}
