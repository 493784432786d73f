import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { logConformance, type LogPlace } from '@sluice/engine/testing';
import { lmdbLog, type LmdbDurability } from './index.js';

function newPlace(durability: LmdbDurability): LogPlace {
  const path = mkdtempSync(join(tmpdir(), 'sluice-log-'));
  return {
    durable: true,
    open: (maxBytes) => lmdbLog({ path, durability, ...(maxBytes !== undefined && { maxBytes }) }),
    cleanUp: () => rmSync(path, { recursive: true }),
  };
}

describe.each(['flush', 'commit'] as const)('lmdbLog with durability %s', (durability) => {
  for (const { name, run } of logConformance()) {
    it(name, async () => {
      await expect(run(() => newPlace(durability))).resolves.toBeUndefined();
    });
  }
});

describe('lmdbLog', () => {
  it('refuses options that cannot be meant, all at once', () => {
    const options = { path: '', durability: 'never' as LmdbDurability, mapSize: 0.5 };
    expect(() => lmdbLog(options)).toThrow(/path .*durability .*mapSize/);
  });

  it('refuses stream names that are empty or too long', async () => {
    const place = newPlace('flush');
    const store = await place.open();
    for (const name of ['', 'x'.repeat(201)]) {
      await expect(store.open(name, { epoch: 'e' })).rejects.toMatchObject({ code: 'INVALID' });
    }
    await store.close();
    await place.cleanUp();
  });

  it('reads a file that was written with the other durability, in a small map that grows', async () => {
    const path = mkdtempSync(join(tmpdir(), 'sluice-log-'));
    for (const [index, durability] of (['flush', 'commit', 'flush', 'commit'] as const).entries()) {
      const store = lmdbLog({ path, durability, mapSize: 1024 ** 2 });
      const log = await store.open('events', { epoch: 'e' });
      expect(log.head).toBe(index * 100 - 1);
      const ids = Array.from({ length: 100 }, (_, offset) => log.head + 1 + offset);
      await log.append(ids.map((id) => ({ id, bytes: Buffer.alloc(20_000, id) })));
      const { events } = await log.read(0, { events: 1000, bytes: 100_000_000 });
      expect(events.map((event) => event[7])).toEqual(
        Array.from({ length: log.head + 1 }, (_, id) => id % 256),
      );
      await store.close();
    }
    rmSync(path, { recursive: true });
  });
});
