import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { open } from 'lmdb';
import { inspectDataFile } from '../src/data-file.js';
import { openAllElsewhere, openElsewhere } from './support/open-elsewhere.js';
import { fill, inDirectory, inLog } from './support/log-directory.js';

async function writeForeign(
  path: string,
  name: string,
  key: string,
  value: unknown,
): Promise<void> {
  const root = open({ path, noSubdir: false });
  await root.openDB({ name, encoding: 'json' }).put(key, value);
  await root.close();
}

/** Bytes up to the end of the last page in use; what follows is space for later. */
function usedBytes(path: string): number {
  return inspectDataFile(path, join(path, 'data.mdb'))?.mapped ?? 0;
}

describe('a data file that is not whole', () => {
  it('is refused whatever its length, without a change, and is fine again when restored', async () => {
    await inDirectory(async (path) => {
      const original = join(path, 'original');
      await fill(original, 400);
      const whole = readFileSync(join(original, 'data.mdb'));
      const size = usedBytes(original);
      const half = Math.floor(size / 2);
      const lengths = [0, 10, 100, 4096, 8191, 8192, 12_288, half, size - 8192, size - 4096, size];
      const paths = lengths.map((length) => {
        const copy = join(path, String(length));
        mkdirSync(copy);
        writeFileSync(join(copy, 'data.mdb'), whole.subarray(0, length));
        return copy;
      });
      const outcomes = await openAllElsewhere(paths);
      expect(outcomes.pop()).toMatchObject({ first: 0, head: 399 });
      for (const [index, { reason, message }] of outcomes.entries()) {
        expect([lengths[index], reason]).toEqual([lengths[index], 'truncated']);
        expect(message).toContain('backup');
        expect(statSync(join(paths[index] ?? '', 'data.mdb')).size).toBe(lengths[index]);
      }
    });
  });

  it('is accepted if only free pages are missing', async () => {
    await inDirectory(async (path) => {
      await inLog(path, async (log) => {
        await log.append(
          Array.from({ length: 500 }, (_, id) => ({ id, bytes: Buffer.alloc(3000, id) })),
        );
        await log.discard({ epoch: 'epoch-2' });
        // The pages at the end are free; each of these moves what is still there to the beginning.
        for (let id = 0; id < 5; id += 1) await log.append([{ id, bytes: Buffer.from('kept') }]);
      });
      truncateSync(join(path, 'data.mdb'), usedBytes(path) - 8192);
      expect(await openElsewhere(path)).toMatchObject({ epoch: 'epoch-2', head: 4, bytes: 20 });
    });
  });
});

describe('a directory that is not ours', () => {
  it.each([
    ['is not of LMDB', Buffer.alloc(50_000, 'not LMDB')],
    ['is of LMDB by name only', Buffer.alloc(8192)],
  ])('is refused if its data.mdb %s, and stays as it is', async (_, content) => {
    await inDirectory(async (path) => {
      const file = join(path, 'data.mdb');
      writeFileSync(file, content);
      const outcome = await openElsewhere(path);
      expect(outcome.reason).toBe('foreign');
      expect(outcome.message).toContain('directory of its own');
      expect(readFileSync(file).equals(content)).toBe(true);
    });
  });

  it('is refused if another program keeps its data there', async () => {
    await inDirectory(async (path) => {
      await writeForeign(path, 'users', 'ada', { admin: true });
      expect(await openElsewhere(path)).toMatchObject({ code: 'INVALID', reason: 'foreign' });
      const root = open({ path, noSubdir: false });
      expect([...root.getKeys()]).toEqual(['users']);
      await root.close();
    });
  });

  it('is refused if a newer release has written it', async () => {
    await inDirectory(async (path) => {
      await fill(path, 20);
      const newer = { product: 'sluice-event-log', version: 2 };
      await writeForeign(path, 'sluice:records', 'format', newer);
      const outcome = await openElsewhere(path);
      expect(outcome.reason).toBe('newer');
      expect(outcome.message).toContain('upgrade');
    });
  });
});
