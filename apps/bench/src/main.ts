import { readFile, writeFile } from 'node:fs/promises';
import { ArgumentError, HELP, readArguments, type BenchArguments } from './cli/arguments.js';
import { describeMachine, machineFacts } from './report/machine.js';
import { scenarioSection } from './report/markdown.js';
import { chartOf, chartPath, reportOf, targetsSection, type RawData } from './report/report.js';
import { endIdleGenerators } from './run/rig.js';
import { runScenario, type ScenarioResult } from './run/run-scenario.js';
import { SCENARIOS } from './scenarios/index.js';
import { shortCheck } from './short/short-check.js';

async function main(): Promise<void> {
  const names = SCENARIOS.map(({ name }) => name);
  const args = readArguments(process.argv.slice(2), names);
  if (args.help) return console.log(HELP);
  if (args.list) return console.log(SCENARIOS.map((s) => `${s.name}: ${s.description}`).join('\n'));
  if (args.size === 'short') return shortCheck(args);
  const runs = args.from.length > 0 ? await readRuns(args.from) : [await measure(args)];
  const results = runs.flatMap((run) => run.results);
  console.log(targetsSection(results));
  if (args.json !== undefined) await writeFile(args.json, JSON.stringify(runs[0]) + '\n');
  if (args.markdown === undefined) return;
  const chart = chartPath(args.markdown);
  await writeFile(chart, chartOf(results));
  await writeFile(args.markdown, reportOf(runs, chart));
}

/** Tables are shown as soon as there is one. */
async function measure(args: BenchArguments): Promise<RawData> {
  const machine = machineFacts();
  const { seconds, rounds, scenarios } = args;
  console.log(`${describeMachine(machine)}\nMedians of ${rounds} rounds of ${seconds} s.\n`);
  const results: ScenarioResult[] = [];
  for (const scenario of SCENARIOS) {
    if (scenarios.length > 0 && !scenarios.includes(scenario.name)) continue;
    const result = await runScenario(scenario, args, (step) => console.error(step));
    results.push(result);
    console.log(scenarioSection(result));
  }
  return { machine, settings: { seconds, rounds }, results };
}

const readRuns = (files: readonly string[]): Promise<RawData[]> =>
  Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as RawData));

main()
  .catch((error: unknown) => {
    console.error(error instanceof ArgumentError ? `${error.message}\nTry --help.` : error);
    process.exitCode = error instanceof ArgumentError ? 2 : 1;
  })
  .finally(endIdleGenerators);
