/**
 * `npm run fuzz -- --for 10m --seed 1 --only nano`: sends every endpoint, or those of that name, what clients should not, for
 * a time that they share. What is found is printed as a file for `apps/sample/test/fuzz/cases`.
 */
import { parseArgs } from 'node:util';
import { ensureInstalled, runBin } from './workspace.mjs';

const ENDPOINTS = 7;
const UNITS = { s: 1000, m: 60_000, h: 3_600_000 };

const { values } = parseArgs({
  options: {
    for: { type: 'string', default: '10m' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    only: { type: 'string', default: '' },
  },
});
const time = /^(\d+(?:\.\d+)?)([smh])$/.exec(values.for);
if (time === null || !/^\d{1,9}$/.test(values.seed)) {
  console.error('--for takes a time such as 30s, 10m or 1h, and --seed a whole number');
  process.exit(2);
}
const ms = Math.ceil((Number(time[1]) * UNITS[time[2]]) / (values.only === '' ? ENDPOINTS : 1));

ensureInstalled();
process.exitCode = runBin(
  'jest',
  ['--rootDir', 'apps/sample', '--config', 'apps/sample/jest.config.mjs', 'fuzz.e2e-spec'].concat(
    values.only === '' ? [] : ['--testNamePattern', values.only],
  ),
  {
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    SLUICE_FUZZ_MS: String(ms),
    SLUICE_FUZZ_SEED: values.seed,
  },
);
