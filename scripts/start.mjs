/** `npm start`: installs and builds what is missing, then runs the sample app with the flags it is given. */
import { spawn } from 'node:child_process';
import { ensureInstalled, root, runBin } from './workspace.mjs';

ensureInstalled();
const built = runBin('nx', ['run', 'sample:build', '--outputStyle=static']);
if (built !== 0) process.exit(built);

const sample = spawn(
  process.execPath,
  ['--enable-source-maps', 'apps/sample/dist/main.js', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
// A terminal sends Ctrl-C to the whole group; the sample ends by itself and this process with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => sample.kill(signal));
sample.on('exit', (code) => process.exit(code ?? 1));
