/** `npm run soak`: installs and builds what is missing, then runs all dialects under mixed clients; flags are in `--help`. */
import { spawn } from 'node:child_process';
import { ensureInstalled, root, runBin } from './workspace.mjs';

ensureInstalled();
const built = runBin('nx', [
  'run-many',
  '-t',
  'build',
  '-p',
  'bench',
  'sample',
  '--outputStyle=static',
]);
if (built !== 0) process.exit(built);

const soak = spawn(process.execPath, ['apps/bench/dist/soak/main.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to the whole group; the soak judges what it has seen, and this process ends with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => soak.kill(signal));
soak.on('exit', (code) => process.exit(code ?? 1));
