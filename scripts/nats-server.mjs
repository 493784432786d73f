import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './workspace.mjs';

/** Where Debian puts it, which is not in everybody's path. */
const PATH = `${process.env.PATH}:/usr/sbin`;

function isThere(program, ...args) {
  return spawnSync(program, args, { env: { ...process.env, PATH } }).status === 0;
}

/** Installs nats-server for the tests of @sluice/log-jetstream, where it is missing and may be installed. */
export function ensureNatsServer() {
  if (isThere('nats-server', '--version')) return;
  if (process.getuid?.() === 0 && isThere('apt-get', '--version')) {
    console.log('Installing nats-server…');
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], quiet);
    const status = run('apt-get', ['install', '-y', '-qq', 'nats-server'], quiet);
    // The tests start servers of their own; the service of the package is not wanted.
    if (existsSync('/run/systemd/system')) run('systemctl', ['disable', '--now', 'nats-server']);
    if (status === 0) return;
  }
  console.error(
    'nats-server is missing, so the tests of @sluice/log-jetstream will fail. Install version 2.9.10 or newer: ' +
      '`apt-get install nats-server` as root on Debian, or see https://docs.nats.io',
  );
}
