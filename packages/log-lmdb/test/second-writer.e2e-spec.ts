import { describe, expect, it } from '@jest/globals';
import { open } from 'lmdb';
import { lmdbLog } from '../src/index.js';
import { Child } from './support/child.js';
import { openElsewhere } from './support/open-elsewhere.js';
import { fill, inDirectory, inLog } from './support/log-directory.js';

describe('a second writer', () => {
  it('is refused while the first process lives, and welcome when it was killed', async () => {
    await inDirectory(async (path) => {
      await fill(path, 20);
      const first = new Child('open.ts', ['--hold', path], {});
      expect(await first.next()).toMatchObject({ head: 19 });
      const second = await openElsewhere(path);
      expect(second).toMatchObject({ code: 'STATE', reason: 'in-use' });
      expect(second.message).toContain(`process ${first.process.pid}`);
      first.process.kill('SIGKILL');
      await first.ended;
      expect(await openElsewhere(path)).toMatchObject({ head: 19 });
    });
  });

  it('is refused as well after events were discarded or forgotten', async () => {
    await inDirectory(async (path) => {
      const store = lmdbLog({ path });
      const log = await store.open('events', { epoch: 'epoch-1', retention: { events: 2 } });
      const refused = { code: 'STATE', reason: 'in-use' };
      await log.discard({ epoch: 'epoch-2' });
      expect(await openElsewhere(path)).toMatchObject(refused);
      for (const id of [0, 1, 2]) await log.append([{ id, bytes: Buffer.from('x') }]);
      expect(log.first).toBe(1);
      expect(await openElsewhere(path)).toMatchObject(refused);
      await store.close();
    });
  });

  it('is refused in the same process', async () => {
    await inDirectory(async (path) => {
      await inLog(path, async () => {
        await expect(inLog(path, () => Promise.resolve())).rejects.toMatchObject({
          code: 'STATE',
          details: { reason: 'in-use' },
        });
      });
      await inLog(path, () => Promise.resolve());
    });
  });

  it('that gets past the check takes the log over: the first one can append no more', async () => {
    await inDirectory(async (path) => {
      await inLog(path, async (log) => {
        await log.append([{ id: 0, bytes: Buffer.from('mine') }]);
        const other = open({ path, noSubdir: false });
        const writers = other.openDB({
          name: 'sluice:writers',
          encoding: 'json',
          useVersions: true,
        });
        writers.putSync('writer', { pid: 1, host: 'elsewhere' }, 7);
        for (let attempt = 0; attempt < 2; attempt += 1) {
          await expect(log.append([{ id: 1, bytes: Buffer.from('lost') }])).rejects.toMatchObject({
            code: 'STATE',
            details: { reason: 'in-use' },
          });
        }
        expect(log.head).toBe(0);
        await other.close();
      });
      await inLog(path, (log) => Promise.resolve(expect(log.head).toBe(0)));
    });
  });
});
