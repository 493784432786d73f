/** How much a stream may keep on the server. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogSite } from './support/log-site.js';
import { managing } from './support/manage.js';

const kilobytes = (id: number, count: number) => ({ id, bytes: Buffer.alloc(count * 1000, 'x') });

describe('maxBytes', () => {
  let site: LogSite;
  beforeEach(async () => (site = await LogSite.start()));
  afterEach(() => site.end());

  it('refuses what does not fit and forgets nothing; raised, it takes more', async () => {
    const log = await site.store({ maxBytes: 100_000 }).open('events', { epoch: 'e' });
    await log.append([kilobytes(0, 80)]);
    await expect(log.append([kilobytes(1, 40)])).rejects.toMatchObject({
      code: 'LIMIT',
      details: { reason: 'storage-full' },
    });
    expect([log.first, log.head]).toEqual([0, 0]);
    await site.closeStores();
    const again = await site.store({ maxBytes: 1_000_000 }).open('events', { epoch: 'e' });
    await again.append([kilobytes(1, 40)]);
    expect([again.first, again.head]).toEqual([0, 1]);
  });

  it('is left as it is where it is not given, and where a stream is somebody else’s', async () => {
    await site.store({ maxBytes: 200_000 }).open('events', { epoch: 'e' });
    await site.closeStores();
    await site.store().open('events', { epoch: 'e' });
    const bound = (name: string) =>
      managing(site.server.url, async ({ streams }) => (await streams.info(name)).config.max_bytes);
    expect(await bound('sluice-events')).toBe(200_000);
    await managing(site.server.url, ({ streams }) =>
      streams.add({ name: 'sluice-foreign', subjects: ['foreign.>'], max_bytes: 5000 }),
    );
    const foreign = site.store({ maxBytes: 100_000 }).open('foreign', { epoch: 'e' });
    await expect(foreign).rejects.toMatchObject({ details: { reason: 'foreign' } });
    expect(await bound('sluice-foreign')).toBe(5000);
  });

  it('must be an integer from 1', () => {
    expect(() => site.store({ maxBytes: 0.5 })).toThrow('maxBytes is an integer from 1');
  });
});
