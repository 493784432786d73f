/** `npm run bench`: installs and builds what is missing, then measures; flags are those of apps/bench. */
import { ensureInstalled, run, runBin } from './workspace.mjs';

ensureInstalled();
const built = runBin('nx', ['run', 'bench:build', '--outputStyle=static']);
process.exitCode =
  built === 0
    ? run(process.execPath, ['apps/bench/dist/main.js', ...process.argv.slice(2)])
    : built;
