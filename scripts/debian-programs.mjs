import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './workspace.mjs';

/** Where Debian puts servers, which is not in everybody's path. */
const PATH = `${process.env.PATH}:/usr/sbin`;

/**
 * Programs that tests start.
 *
 * - `program`: with its arguments, succeeds where it is there.
 * - `name`: Debian's package, and the service that it would start.
 * - `otherwise`: what somebody has to do where it cannot be installed.
 */
const PROGRAMS = [
  {
    name: 'nats-server',
    program: ['nats-server', '--version'],
    otherwise:
      'the tests of @sluice/log-jetstream will fail. Install version 2.9.10 or newer: ' +
      '`apt-get install nats-server` as root on Debian, or see https://docs.nats.io',
  },
  {
    name: 'chromium',
    program: [process.env.CHROMIUM ?? '/usr/bin/chromium', '--version'],
    otherwise:
      'the tests of @sluice/inspector in a browser will fail. Install it with `apt-get install chromium` as root on ' +
      'Debian, or name a Chromium in the variable CHROMIUM',
  },
];

function isThere([program, ...args]) {
  return spawnSync(program, args, { env: { ...process.env, PATH } }).status === 0;
}

/** Installs the programs that tests start, where they are missing and may be installed. */
export function ensurePrograms() {
  for (const { name, program, otherwise } of PROGRAMS) {
    if (isThere(program) || install(name)) continue;
    console.error(`${name} is missing, so ${otherwise}`);
  }
}

function install(name) {
  if (process.getuid?.() !== 0 || !isThere(['apt-get', '--version'])) return false;
  console.log(`Installing ${name}…`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], quiet);
  const status = run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], quiet);
  // The tests start servers of their own; the service of a package is not wanted.
  if (existsSync(`/lib/systemd/system/${name}.service`) && existsSync('/run/systemd/system')) {
    run('systemctl', ['disable', '--now', name]);
  }
  return status === 0;
}
