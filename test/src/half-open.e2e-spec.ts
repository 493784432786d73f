/** Clients that vanish without a word at a gateway that never pings: the system finds out, with a real network that is gone. */
import { expect, it } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('half-open/unplugged.mjs', import.meta.url));
/** A network of its own, in which nobody needs to be root to pull the cable. */
const ALONE = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

const canUnplug = spawnSync('unshare', [...ALONE, 'true']).status === 0;

(canUnplug ? it : it.skip)(
  'idle clients that are unplugged are let go by TCP keep-alive',
  async () => {
    const { stdout } = await promisify(execFile)('unshare', [...ALONE, process.execPath, PROGRAM], {
      timeout: 60_000,
      env: { PATH: process.env.PATH },
    });
    expect(stdout).toBe('{"unplugged":3}\n{"left":0}\n');
  },
);
