import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Child } from './support/child.js';
import { eventContent } from './support/event-content.js';
import { fill, inDirectory, inLog } from './support/log-directory.js';

/** `prlimit` gives the space back while the process runs. */
const onLinux = process.platform === 'linux' ? it : it.skip;

/** Files of at most so many blocks of 512 bytes; a write beyond is an error instead of the end of the process. */
const filesUpTo = (blocks: number): string => `ulimit -S -f ${blocks}; trap '' XFSZ`;
const SMALL_FILES = filesUpTo(4000);

describe('a full disk', () => {
  onLinux.each(['flush', 'commit'] as const)(
    'refuses the append with LIMIT, changes nothing and takes appends again when there is space (%s)',
    async (durability) => {
      await inDirectory(async (path) => {
        const child = new Child('fill.ts', [path, durability], { shell: SMALL_FILES });
        const full = (await child.next()) as { head: number };
        expect(full).toMatchObject({ code: 'LIMIT', reason: 'disk-full', isUnchanged: true });
        expect(full).toMatchObject({ message: expect.stringContaining('free space') });
        expect(full.head).toBeGreaterThan(0);

        execFileSync('prlimit', ['--pid', String(child.process.pid), '--fsize=unlimited']);
        child.say('go on');
        expect(await child.next()).toEqual({ head: full.head + 100 });
        expect(await child.ended).toMatchObject({ code: 0, signal: null });

        await inLog(path, async (log) => {
          expect([log.first, log.head]).toEqual([0, full.head + 100]);
          for (let id = 0; id <= log.head; id += 1) {
            const [event] = (await log.read(id, { events: 1, bytes: 0 })).events;
            expect(eventContent(id).equals(event ?? Buffer.alloc(0))).toBe(true);
          }
        });
      });
    },
  );

  onLinux.each(['flush', 'commit'])(
    'does not keep the log from closing (%s)',
    async (durability) => {
      await inDirectory(async (path) => {
        const child = new Child('fill.ts', [path, durability, 'give-up'], { shell: SMALL_FILES });
        const { head } = (await child.next()) as { head: number };
        expect(await child.ended).toMatchObject({ code: 0, signal: null });
        await inLog(path, (log) => Promise.resolve(expect(log.head).toBe(head)));
      });
    },
  );

  // A page of LMDB is eight blocks: the limit lies on its border or not, and is met by one page or by several.
  onLinux.each([8000, 8004, 8008, 8032, 8080])(
    'ends no process, wherever the file meets its limit (%d blocks)',
    async (blocks) => {
      await inDirectory(async (path) => {
        const child = new Child('fill.ts', [path, 'flush', 'give-up'], {
          shell: filesUpTo(blocks),
        });
        const full = (await child.next()) as { head: number };
        expect(full).toMatchObject({ code: 'LIMIT', reason: 'disk-full', isUnchanged: true });
        expect(await child.ended).toMatchObject({ code: 0, signal: null, errors: '' });
        await inLog(path, (log) => Promise.resolve(expect(log.head).toBe(full.head)));
      });
    },
  );

  onLinux('refuses to open a log that is longer than the process may write', async () => {
    await inDirectory(async (path) => {
      await fill(path, 1000);
      const child = new Child('open.ts', [path], { shell: filesUpTo(1000) });
      expect(await child.next()).toMatchObject({ code: 'LIMIT', reason: 'disk-full' });
      expect(await child.ended).toMatchObject({ code: 0, signal: null, errors: '' });
      await inLog(path, (log) => Promise.resolve(expect(log.head).toBe(999)));
    });
  });

  onLinux(
    'that leaves no room for the file itself is reported when the log is opened',
    async () => {
      await inDirectory(async (path) => {
        const child = new Child('open.ts', [path], { shell: filesUpTo(1) });
        expect(await child.next()).toMatchObject({ code: 'LIMIT', reason: 'disk-full' });
        expect(await child.ended).toMatchObject({ code: 0, signal: null });
        await inLog(path, (log) => Promise.resolve(expect(log.head).toBe(-1)));
      });
    },
  );

  onLinux('refuses a backup with LIMIT and leaves nothing of it', async () => {
    await inDirectory(async (path) => {
      const [log, copy] = [join(path, 'log'), join(path, 'copy')];
      await fill(log, 400);
      const child = new Child('back-up.ts', [log, copy], { shell: "trap '' XFSZ" });
      expect(await child.next()).toEqual({ head: 399 });
      const limitFiles = (limit: string): Buffer =>
        execFileSync('prlimit', ['--pid', String(child.process.pid), `--fsize=${limit}:`]);
      limitFiles('102400');
      child.say('back up');
      expect(await child.next()).toEqual({ code: 'LIMIT', reason: 'disk-full' });
      expect(readdirSync(copy)).toEqual([]);
      limitFiles('unlimited');
      child.say('back up');
      expect(await child.ended).toMatchObject({ code: 0, signal: null });
      await inLog(copy, ({ head }) => Promise.resolve(expect(head).toBe(399)));
    });
  });

  onLinux('is told apart from too little address space', async () => {
    await inDirectory(async (path) => {
      const child = new Child('open.ts', [path], { shell: 'ulimit -S -v 60000000' });
      const outcome = await child.next();
      expect(outcome).toMatchObject({ code: 'LIMIT', reason: 'address-space' });
      expect(outcome).toMatchObject({ message: expect.stringContaining('set mapSize to') });
      expect(await child.ended).toMatchObject({ code: 0, signal: null });
    });
  });
});
