/** `npm start`: installs and builds what is missing, `npx sluice` included, then runs the sample app with the flags it is given. */
import { spawn } from 'node:child_process';
import { ensureInstalled, root, runBin } from './workspace.mjs';

ensureInstalled();
const built = runBin('nx', [
  'run-many',
  '-t=build',
  '--projects=sample,@sluice/cli',
  '--outputStyle=static',
]);
if (built !== 0) process.exit(built);

const sample = spawn(
  process.execPath,
  ['--enable-source-maps', 'apps/sample/dist/main.js', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
// A terminal sends Ctrl-C to the whole group; the sample ends by itself and this process with it.
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    asked = true;
    sample.kill(signal);
  });
}
// Who has asked it to end, and sees it end, has nothing to complain about.
sample.on('exit', (code) => process.exit(code ?? (asked ? 0 : 1)));
