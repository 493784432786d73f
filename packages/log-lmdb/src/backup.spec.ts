import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lmdbLog } from './index.js';

describe.each(['flush', 'commit'] as const)('backup with durability %s', (durability) => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'sluice-log-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('copies what is acknowledged while appends go on, and only into an empty directory', async () => {
    const store = lmdbLog({ path: join(directory, 'log'), durability });
    const log = await store.open('events', { epoch: 'epoch-1' });
    const append = (id: number) => log.append([{ id, bytes: Buffer.from(`event ${id}`) }], { id });
    for (let id = 0; id < 100; id += 1) await append(id);
    const target = join(directory, 'deep', 'backup');
    const backedUp = store.backup(target);
    const appended = Array.from({ length: 200 }, (_, index) => append(100 + index));
    await Promise.all([backedUp, ...appended]);
    await expect(store.backup(target)).rejects.toMatchObject({ code: 'INVALID' });
    await Promise.all([store.backup(join(directory, 'second')), store.close()]);
    await expect(store.backup(join(directory, 'late'))).rejects.toMatchObject({ code: 'STATE' });

    const copy = lmdbLog({ path: target });
    const restored = await copy.open('events', { epoch: 'unused' });
    expect(restored.epoch).toBe('epoch-1');
    expect(restored.head).toBeGreaterThanOrEqual(99);
    expect(restored.marks).toEqual({ id: restored.head });
    const { events } = await restored.read(0, { events: 1000, bytes: 1_000_000 });
    expect(events.map((event) => Buffer.from(event).toString())).toEqual(
      Array.from({ length: restored.head + 1 }, (_, id) => `event ${id}`),
    );
    const next = { id: restored.head + 1, bytes: Buffer.from('goes on') };
    await restored.append([next]);
    await copy.close();
  });
});
