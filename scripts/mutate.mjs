/**
 * `npm run mutate -- --only session`: changes the engine's code in one small way after the other and tells which changes
 * its tests do not notice. `--only` takes folders and files of `packages/engine/src`, with commas between them.
 */
import { parseArgs } from 'node:util';
import config from '../packages/engine/stryker.config.mjs';
import { ensureInstalled, runBin } from './workspace.mjs';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const chosen = values.only
  .split(',')
  .filter((part) => part !== '')
  .map((part) => `packages/engine/src/${part}${part.endsWith('.ts') ? '' : '/**/*.ts'}`);
const left = config.mutate.filter((pattern) => pattern.startsWith('!'));
const mutated = chosen.length === 0 ? [] : ['--mutate', [...chosen, ...left].join(',')];

ensureInstalled();
process.exitCode = runBin('stryker', ['run', 'packages/engine/stryker.config.mjs', ...mutated]);
