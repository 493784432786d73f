import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const env = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
};

/** Runs a command in the root with its output shown. @returns its exit code. */
export function run(command, args, extraEnv = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, ...extraEnv },
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

/** Runs a program of node_modules/.bin. */
export function runBin(name, args, extraEnv = {}) {
  return run(process.execPath, [`node_modules/.bin/${name}`, ...args], extraEnv);
}

/** Installs what package-lock.json says, unless that is what is installed. */
export function ensureInstalled() {
  const installed = `${root}node_modules/.package-lock.json`;
  const upToDate =
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
  if (upToDate) return;
  console.log('Installing dependencies…');
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) process.exit(status);
}
