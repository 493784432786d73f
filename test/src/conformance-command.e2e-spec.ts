/** `sluice conform` as a built program, against the built sample. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIALECTS, type Dialect } from '@sluice/conformance';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { placeOf } from './support/conformance-run.js';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';

const PROGRAM = fileURLToPath(new URL('../../packages/cli/bin/sluice.js', import.meta.url));
const run = promisify(execFile);

const samples = new SamplePool();
let sample: SampleProcess;

beforeAll(async () => {
  sample = await samples.start(['--log', 'memory']);
});
afterAll(() => samples.endAll());

/** Its arguments for a dialect of the sample. */
function argumentsOf(dialect: Dialect): string[] {
  const { ws, http, control } = placeOf(sample, dialect);
  // The sample prints the control endpoints of one dialect; the command takes those of all, too.
  const all = new URL('.', control).href;
  const url = dialect === 'hathor' ? http : ws;
  const place = dialect === 'bigchaindb' ? ['--http', http] : [];
  return ['conform', url, '--dialect', dialect, '--control', all, ...place];
}

describe('sluice conform', () => {
  it.each(DIALECTS)('finds no fault in the sample’s %s', async (dialect) => {
    const args = [PROGRAM, ...argumentsOf(dialect), '--compat', 'published'];
    const { stdout } = await run(process.execPath, args, { env: { PATH: process.env.PATH ?? '' } });
    expect(stdout).not.toContain('✗');
    const [, passed] = /^(\d+) passed, 0 failed, \d+ skipped/m.exec(stdout) ?? [];
    expect(Number(passed)).toBeGreaterThan(25);
  });
});
