import { writeFile } from 'node:fs/promises';
import { ArgumentError, HELP, readArguments } from './cli/arguments.js';
import { describeMachine, machineFacts } from './report/machine.js';
import { markdownTable } from './report/markdown.js';
import { runScenario, type ScenarioResult } from './run/run-scenario.js';
import { SCENARIOS } from './scenarios/index.js';

async function main(): Promise<void> {
  const names = SCENARIOS.map(({ name }) => name);
  const { scenarios, list, help, json, ...settings } = readArguments(process.argv.slice(2), names);
  if (help) return console.log(HELP);
  if (list) return console.log(SCENARIOS.map((s) => `${s.name}: ${s.description}`).join('\n'));

  const machine = machineFacts();
  const { seconds, rounds } = settings;
  console.log(`${describeMachine(machine)}\nMedians of ${rounds} rounds of ${seconds} s.\n`);
  const results: ScenarioResult[] = [];
  for (const scenario of SCENARIOS) {
    if (scenarios.length > 0 && !scenarios.includes(scenario.name)) continue;
    const result = await runScenario(scenario, settings, (step) => console.error(step));
    results.push(result);
    console.log(markdownTable(result));
  }
  if (json !== undefined) {
    await writeFile(json, JSON.stringify({ machine, settings, results }, undefined, 2) + '\n');
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ArgumentError ? `${error.message}\nTry --help.` : error);
  process.exitCode = error instanceof ArgumentError ? 2 : 1;
});
