/** The form for CI: Sluice against plain `ws` of the same run, in less than a minute. */
import { SLUICE, WS } from '../broadcast/broadcast-subjects.js';
import { describeMachine, machineFacts } from '../report/machine.js';
import { table } from '../report/table.js';
import { runScenario } from '../run/run-scenario.js';
import { commandCase, commands, WS_HANDLER } from '../scenarios/commands/commands.scenario.js';
import { fanOut, fanOutCase } from '../scenarios/fan-out/fan-out.scenario.js';
import {
  filterIndex,
  INDEX,
  indexCase,
  SCAN,
} from '../scenarios/filter-index/filter-index.scenario.js';
import { replay, replayCase, SLUICE_LMDB, WS_LMDB } from '../scenarios/replay/replay.scenario.js';
import type { BenchSettings, Scenario, ScenarioCase, Subject } from '../scenarios/scenario.js';
import { compare, type Outcome } from './compare.js';

/** One comparison: the peer's figure divided by Sluice's must be so much at least. */
interface Check {
  readonly scenario: Scenario;
  readonly measured: ScenarioCase;
  readonly ours: Subject;
  readonly peer: Subject;
  readonly figure: string;
  /** At most half of what a busy machine shows: less is a regression, and noise is not. */
  readonly least: number;
}

const fan = { scenario: fanOut, ours: SLUICE, peer: WS, figure: 'cpuPerDelivery' };

const CHECKS: readonly Check[] = [
  { ...fan, measured: fanOutCase(200, 1, 300), least: 0.6 },
  { ...fan, measured: fanOutCase(200, 50, 300), least: 4 },
  {
    scenario: filterIndex,
    measured: indexCase(1000, 5000),
    ours: INDEX,
    peer: SCAN,
    figure: 'cpuPerEvent',
    least: 8,
  },
  {
    scenario: replay,
    measured: replayCase(1000, 1, 5000),
    ours: SLUICE_LMDB,
    peer: WS_LMDB,
    figure: 'cpuPerEvent',
    least: 2,
  },
  {
    scenario: commands,
    measured: commandCase('echo'),
    ours: commands.subjects[0],
    peer: WS_HANDLER,
    figure: 'cpuPerCommand',
    least: 0.3,
  },
];

/** Sets exit code 1 if a comparison fails. Absolute times are never looked at. */
export async function shortCheck(settings: BenchSettings): Promise<void> {
  console.log(`${describeMachine(machineFacts())}\n`);
  const rows: string[][] = [];
  for (const check of CHECKS) {
    const row = await run(check, settings);
    rows.push(row.cells);
    if (!row.passed) process.exitCode = 1;
  }
  console.log(table(['what', 'peer', 'peer ÷ sluice', 'at least', ''], rows));
}

async function run(
  { scenario, measured, ours, peer, figure, least }: Check,
  settings: BenchSettings,
): Promise<Outcome & { readonly cells: string[] }> {
  const pair: Scenario = {
    ...scenario,
    subjects: [ours, peer],
    cases: () => [{ ...measured, subjects: [ours, peer] }],
  };
  const { cases } = await runScenario(pair, settings, (step) => console.error(step));
  const outcome = compare(cases[0], figure, least);
  const { passed, ratio } = outcome;
  const what = `${scenario.name}: ${measured.label}`;
  return {
    ...outcome,
    cells: [what, peer.name, ratio, String(least), passed ? 'ok' : 'REGRESSION'],
  };
}
