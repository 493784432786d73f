import { fanOut } from './fan-out/fan-out.scenario.js';
import type { Scenario } from './scenario.js';

/** All scenarios, in the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [fanOut];
