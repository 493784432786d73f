import { basaltAnnounce } from './basalt-announce/basalt-announce.scenario.js';
import { commands } from './commands/commands.scenario.js';
import { connections } from './connections/connections.scenario.js';
import { fanOut } from './fan-out/fan-out.scenario.js';
import { filterIndex } from './filter-index/filter-index.scenario.js';
import { history } from './history/history.scenario.js';
import { latency } from './latency/latency.scenario.js';
import { memory } from './memory/memory.scenario.js';
import { nanoFilters } from './nano-filters/nano-filters.scenario.js';
import { replayLive } from './replay-live/replay-live.scenario.js';
import { replay } from './replay/replay.scenario.js';
import type { Scenario } from './scenario.js';
import { stalledClients } from './stalled/stalled.scenario.js';

/** All scenarios, in the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [
  fanOut,
  latency,
  stalledClients,
  filterIndex,
  nanoFilters,
  basaltAnnounce,
  replay,
  replayLive,
  history,
  commands,
  connections,
  memory,
];
