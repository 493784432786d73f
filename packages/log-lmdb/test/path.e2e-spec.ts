import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openAllElsewhere, openElsewhere } from './support/open-elsewhere.js';
import { fill, inDirectory } from './support/log-directory.js';

describe('a path that cannot be used', () => {
  it('is refused if it is a file or below one', async () => {
    await inDirectory(async (path) => {
      const file = join(path, 'file');
      writeFileSync(file, 'x');
      for (const outcome of await openAllElsewhere([file, join(file, 'log')])) {
        expect(outcome).toMatchObject({ reason: 'unusable-path' });
      }
    });
  });

  it('is refused if it may not be written', async () => {
    await inDirectory(async (path) => {
      const log = join(path, 'log');
      mkdirSync(log);
      chmodSync(path, 0o755);
      chmodSync(log, 0o555);
      // Permissions do not bind root, so the child is somebody else.
      const options = process.getuid?.() === 0 ? { uid: 65_534 } : {};
      const outcome = await openElsewhere(log, options);
      expect(outcome.reason).toBe('permission');
      expect(outcome.message).toContain('writable');
    });
  });

  it('is refused if only a file in it may not be written', async () => {
    await inDirectory(async (path) => {
      await fill(path, 20);
      chmodSync(path, 0o777);
      const options = process.getuid?.() === 0 ? { uid: 65_534 } : {};
      chmodSync(join(path, 'data.mdb'), 0o444);
      expect(await openElsewhere(path, options)).toMatchObject({ reason: 'permission' });
      chmodSync(join(path, 'data.mdb'), 0o666);
      chmodSync(join(path, 'lock.mdb'), 0o444);
      expect(await openElsewhere(path, options)).toMatchObject({ reason: 'permission' });
      chmodSync(join(path, 'lock.mdb'), 0o666);
      expect(await openElsewhere(path, options)).toMatchObject({ head: 19 });
    });
  });
});
