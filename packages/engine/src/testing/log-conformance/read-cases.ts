import { deepEqual, equal } from 'node:assert/strict';
import { entries, idsFrom, logCase, range, refused, WIDE, type LogCase } from './log-case.js';

export const readCases: readonly LogCase[] = [
  logCase('a page ends at the limit of events', async ({ log }) => {
    await log.append(entries(0, 25));
    deepEqual(await idsFrom(log, 3, { ...WIDE, events: 10 }), range(3, 12));
    deepEqual(await idsFrom(log, 20, { ...WIDE, events: 10 }), range(20, 24));
    deepEqual(await idsFrom(log, 24, { ...WIDE, events: 1 }), [24]);
  }),

  logCase('a page ends before the limit of bytes is passed', async ({ log }) => {
    for (const id of range(0, 9)) await log.append(entries(id, 1, () => Buffer.alloc(100)));
    await log.append(entries(10, 10, () => Buffer.alloc(100)));
    for (const [bytes, count] of [
      [500, 5],
      [599, 5],
      [600, 6],
      [1250, 12],
    ] as const) {
      const { events } = await log.read(2, { events: 1000, bytes });
      equal(events.length, count, `${bytes} bytes`);
    }
  }),

  logCase('the first event of a page is returned whatever its size', async ({ log }) => {
    await log.append(entries(0, 3, () => Buffer.alloc(5000)));
    for (const bytes of [0, 1, 4999, 9999]) {
      for (const from of range(0, 2)) {
        equal((await log.read(from, { events: 100, bytes })).events.length, 1);
      }
    }
  }),

  logCase('pages of every size join to the whole, whatever the batches were', async ({ log }) => {
    let next = 0;
    for (const size of [1, 1, 40, 3, 1, 17]) {
      await log.append(entries(next, size));
      next += size;
    }
    for (const events of [1, 2, 7, 16, 41, 100]) {
      const ids: number[] = [];
      while (ids.length < next) ids.push(...(await idsFrom(log, ids.length, { ...WIDE, events })));
      deepEqual(ids, range(0, next - 1));
    }
  }),

  logCase('reading beyond the head is an empty page', async ({ log }) => {
    await log.append(entries(0, 2));
    for (const from of [2, 3, 1000, 2 ** 40]) deepEqual(await idsFrom(log, from), []);
  }),

  logCase('an impossible id or page size is refused', async ({ log }) => {
    await log.append(entries(0, 2));
    for (const from of [0.5, Number.NaN]) await refused('INVALID', () => log.read(from, WIDE));
    for (const events of [0, -1, Number.NaN]) {
      await refused('INVALID', () => log.read(0, { ...WIDE, events }));
    }
    await refused('INVALID', () => log.read(0, { ...WIDE, bytes: -1 }));
    await refused('LIMIT', () => log.read(-1, WIDE), { first: 0 });
  }),

  logCase('a page stays as it was after later reads, appends and discards', async ({ log }) => {
    await log.append(entries(0, 200));
    const page = await log.read(0, WIDE);
    const copy = page.events.map((event) => Buffer.from(event).toString());
    for (const id of range(200, 260)) {
      await log.append(entries(id, 1, () => Buffer.alloc(3000, id)));
      await log.read(id - 50, WIDE);
    }
    await log.discard({ epoch: 'epoch-2' });
    await log.append(entries(0, 200, () => Buffer.alloc(3000, 9)));
    await log.read(0, WIDE);
    deepEqual(
      page.events.map((event) => Buffer.from(event).toString()),
      copy,
    );
  }),

  logCase(
    'what was appended after a read is in the next read of the same turn',
    async ({ log }) => {
      for (const id of range(0, 20)) {
        deepEqual(await idsFrom(log, 0), range(0, id - 1));
        await log.append(entries(id, 1));
        deepEqual(await idsFrom(log, id), [id]);
      }
    },
  ),
];
