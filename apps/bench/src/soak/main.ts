import { writeFile } from 'node:fs/promises';
import { soakTables } from './report/soak-tables.js';
import { HELP, readSoakOptions, SoakOptionsError } from './run/soak-options.js';
import { runSoak } from './run/soak-run.js';

async function main(): Promise<void> {
  const options = readSoakOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
    return;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort());
  console.error(`seed ${String(options.seed)}`);
  const result = await runSoak(options, {
    signal: interrupt.signal,
    say: (line) => {
      console.error(line);
    },
  });
  console.log(soakTables(result));
  for (const file of options.reports) await writeFile(file, JSON.stringify(result) + '\n');
  if (result.verdicts.some(({ passed }) => !passed)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof SoakOptionsError ? `${error.message}\nTry --help.` : error);
  process.exitCode = error instanceof SoakOptionsError ? 2 : 1;
});
