import { basaltAnnounce } from './basalt-announce/basalt-announce.scenario.js';
import { connections } from './connections/connections.scenario.js';
import { fanOut } from './fan-out/fan-out.scenario.js';
import { nanoFilters } from './nano-filters/nano-filters.scenario.js';
import { replay } from './replay/replay.scenario.js';
import type { Scenario } from './scenario.js';

/** All scenarios, in the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [
  nanoFilters,
  basaltAnnounce,
  fanOut,
  replay,
  connections,
];
