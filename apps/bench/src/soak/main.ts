import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { soakCurves } from './report/curves.js';
import { soakTables } from './report/soak-tables.js';
import { HELP, readSoakOptions, SoakOptionsError } from './run/soak-options.js';
import type { SoakResult } from './run/soak-result.js';
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
  for (const file of options.reports) await writeReport(file, result);
  if (result.verdicts.some(({ passed }) => !passed)) process.exitCode = 1;
}

/** Everything as JSON, or the tables and, beside them, the curves. */
async function writeReport(file: string, result: SoakResult): Promise<void> {
  if (file.endsWith('.json')) {
    await writeFile(file, JSON.stringify(result) + '\n');
    return;
  }
  const picture = `${file.slice(0, -'.md'.length)}.svg`;
  await writeFile(picture, soakCurves(result.samples));
  await writeFile(file, `${soakTables(result)}\n\n![Curves of the soak](${basename(picture)})\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof SoakOptionsError ? `${error.message}\nTry --help.` : error);
  process.exitCode = error instanceof SoakOptionsError ? 2 : 1;
});
