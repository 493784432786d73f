import { deepEqual, equal } from 'node:assert/strict';
import type { EventLog } from '../../log/event-log.js';
import { entries, idsFrom, logCase, range, refused, WIDE, type LogCase } from './log-case.js';

async function appendBatches(log: EventLog, sizes: readonly number[]): Promise<void> {
  for (const size of sizes) {
    await log.append(entries(log.head + 1, size, (id) => Buffer.from(`event ${id}`.padEnd(100))));
  }
}

export const retentionCases: readonly LogCase[] = [
  logCase('without retention nothing is forgotten', async ({ log }) => {
    await appendBatches(log, [100, 100, 100]);
    equal(log.first, 0);
  }),

  logCase('retention by events forgets the oldest batches, whole', async ({ store }) => {
    const log = await store.open('short', { epoch: 'e', retention: { events: 10 } });
    await appendBatches(log, [4, 4]);
    equal(log.first, 0);
    await appendBatches(log, [4]);
    equal(log.first, 4);
    deepEqual(await idsFrom(log, 4), range(4, 11));
    await refused('LIMIT', () => log.read(3, WIDE), { first: 4 });
    await appendBatches(log, [1, 1]);
    equal(log.first, 4);
    await appendBatches(log, [1]);
    equal(log.first, 8);
  }),

  logCase('retention by bytes forgets the oldest batches, whole', async ({ store }) => {
    const log = await store.open('short', { epoch: 'e', retention: { bytes: 1000 } });
    await appendBatches(log, [5, 5]);
    equal(log.first, 0);
    await appendBatches(log, [1]);
    equal(log.first, 5);
    deepEqual(await idsFrom(log, 5), range(5, 10));
  }),

  logCase('the newest batch stays, however large', async ({ store }) => {
    const retention = { events: 2, bytes: 50 };
    const log = await store.open('short', { epoch: 'e', retention });
    await appendBatches(log, [3]);
    deepEqual([log.first, log.head], [0, 2]);
    await appendBatches(log, [1000]);
    deepEqual([log.first, log.head], [3, 1002]);
    await log.append([], { mark: 1 });
    deepEqual([log.first, log.head], [3, 1002]);
    deepEqual(await idsFrom(log, 3), range(3, 1002));
  }),

  logCase('concurrent appends are separate batches for retention', async ({ store }) => {
    const log = await store.open('short', { epoch: 'e', retention: { events: 5 } });
    await Promise.all(range(0, 9).map((call) => log.append(entries(call * 2, 2))));
    deepEqual([log.first, log.head], [16, 19]);
    deepEqual(await idsFrom(log, 16), [16, 17, 18, 19]);
  }),

  logCase('retention takes the events of before it was set', async ({ store }) => {
    const before = await store.open('short', { epoch: 'e' });
    await appendBatches(before, [400, 1, 1]);
    await before.close();
    const log = await store.open('short', { epoch: 'e', retention: { events: 3 } });
    equal(log.head, 401);
    await appendBatches(log, [1]);
    deepEqual([log.first, log.head], [400, 402]);
  }),

  logCase('retention of less than one event or one byte is refused', async ({ store }) => {
    for (const retention of [{ events: 0 }, { bytes: -1 }, { events: Number.NaN }]) {
      await refused('INVALID', () => store.open('short', { epoch: 'e', retention }));
    }
    const least = { events: 1, bytes: 1 };
    equal((await store.open('short', { epoch: 'e', retention: least })).head, -1);
  }),
];
