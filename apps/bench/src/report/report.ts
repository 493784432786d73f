import { basename } from 'node:path';
import type { ScenarioResult } from '../run/run-scenario.js';
import { fanOutLabel } from '../scenarios/fan-out/fan-out.scenario.js';
import type { BenchSettings } from '../scenarios/scenario.js';
import { spread } from '../statistics/statistics.js';
import { barChart, type BarGroup } from './chart.js';
import { describeMachine, type MachineFacts } from './machine.js';
import { scenarioSection } from './markdown.js';
import { Measured } from './measured.js';
import { table } from './table.js';
import { judge } from './targets/target.js';
import { TARGETS } from './targets/targets.js';

/** What a run leaves. */
export interface RawData {
  readonly machine: MachineFacts;
  readonly settings: Pick<BenchSettings, 'seconds' | 'rounds'>;
  readonly results: readonly ScenarioResult[];
}

/** Every target, what was measured, and whether that meets it. */
export function targetsSection(results: readonly ScenarioResult[]): string {
  const measured = new Measured(results);
  const rows = TARGETS.map((target) => judge(target, measured)).map(
    ({ what, target, measured, status }) => [what, target, measured, status],
  );
  return `## Targets\n\n${table(['what', 'target', 'measured', ''], rows)}\n`;
}

/** The whole report. */
export function reportOf(runs: readonly RawData[], chart: string): string {
  const results = runs.flatMap((run) => run.results);
  const conditions = runs.map(
    ({ machine, settings: { rounds, seconds } }) =>
      `${describeMachine(machine)}. Medians of ${rounds} rounds of ${seconds} s, over loopback.\n`,
  );
  return [
    '# Benchmark results\n',
    'Written by `npm run bench -- --markdown FILE`; what the figures mean is in [performance.md](performance.md).\n',
    ...new Set(conditions),
    targetsSection(results),
    `![CPU for each delivery](${basename(chart)})\n`,
    ...results.map(scenarioSection),
  ].join('\n');
}

/** The chart stands beside the report. */
export const chartPath = (markdown: string): string => markdown.replace(/(\.md)?$/, '.svg');

/** Server CPU for each delivery to 1,000 clients; empty if that was not measured. */
export function chartOf(results: readonly ScenarioResult[]): string {
  const fanOut = results.filter(({ name }) => name === 'fan-out').flatMap(({ cases }) => cases);
  const groups = [1, 50].flatMap((perTurn): BarGroup[] => {
    const label = fanOutLabel(1000, perTurn, 300);
    return fanOut
      .filter((measured) => measured.label === label)
      .map(({ subjects }) => ({
        title: label,
        bars: subjects.map(({ name, samples }) => ({
          name,
          value: spread(samples.map(({ cpuPerDelivery = NaN }) => cpuPerDelivery)).median,
        })),
      }));
  });
  return barChart('µs of server CPU for each delivery', groups);
}
