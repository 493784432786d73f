import { deepEqual, equal } from 'node:assert/strict';
import { entries, idsFrom, logCase, refused, WIDE, type LogCase } from './log-case.js';

export const discardCases: readonly LogCase[] = [
  logCase(
    'hathor §7.79: a discard clears events and the group counter but keeps the load state',
    async ({ log }) => {
      await log.append(entries(0, 3), { group: 7, loaded: true });
      await log.discard({ epoch: 'epoch-2', keepMarks: ['loaded', 'never set'] });
      deepEqual([log.first, log.head, log.epoch], [0, -1, 'epoch-2']);
      deepEqual({ ...log.marks }, { loaded: true });
      deepEqual(await idsFrom(log, 0), []);
      await log.append(entries(0, 2));
      deepEqual(await idsFrom(log, 0), [0, 1]);
    },
  ),

  logCase('hathor §7.79: a full discard clears everything', async ({ log }) => {
    await log.append(entries(0, 3), { group: 7, loaded: true });
    await log.discard({ epoch: 'epoch-2' });
    deepEqual([log.head, log.epoch, { ...log.marks }], [-1, 'epoch-2', {}]);
  }),

  logCase('numbering continues at firstId after a discard', async ({ log }) => {
    await log.append(entries(0, 3));
    await log.discard({ epoch: 'epoch-2', firstId: 100 });
    deepEqual([log.first, log.head], [100, 99]);
    await refused('STATE', () => log.append(entries(0, 1)));
    await refused('LIMIT', () => log.read(99, WIDE), { first: 100 });
    await log.append(entries(100, 2));
    deepEqual([log.first, log.head], [100, 101]);
    deepEqual(await idsFrom(log, 100), [100, 101]);
  }),

  logCase('an impossible firstId is refused and nothing is discarded', async ({ log }) => {
    await log.append(entries(0, 1));
    for (const firstId of [-1, 0.5, Number.NaN]) {
      await refused('INVALID', () => log.discard({ epoch: 'epoch-2', firstId }));
    }
    deepEqual([log.epoch, log.head], ['epoch-1', 0]);
  }),

  logCase('appends and discards take effect in call order', async ({ log }) => {
    await Promise.all([
      log.append(entries(0, 5), { group: 1 }),
      log.discard({ epoch: 'epoch-2', firstId: 3, keepMarks: ['group'] }),
      log.append(entries(3, 2), { last: 4 }),
      log.discard({ epoch: 'epoch-3', keepMarks: ['last'] }),
      log.append(entries(0, 1)),
    ]);
    deepEqual([log.epoch, log.first, log.head], ['epoch-3', 0, 0]);
    deepEqual({ ...log.marks }, { last: 4 });
    deepEqual(await idsFrom(log, 0), [0]);
  }),

  logCase('until a discard resolves the old events can be read', async ({ log }) => {
    await log.append(entries(0, 5));
    let done = false;
    const discarded = Promise.all([
      log.discard({ epoch: 'epoch-2' }),
      log.append(entries(0, 2, () => Buffer.from('event 77'))),
    ]).then(() => (done = true));
    while (!done) {
      if (log.epoch === 'epoch-1') deepEqual(await idsFrom(log, 0), [0, 1, 2, 3, 4]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await discarded;
    deepEqual(await idsFrom(log, 0), [77, 77]);
  }),

  logCase('an epoch, marks and a discard survive a restart', async ({ log, place, reopen }) => {
    if (!place.durable) return;
    await log.append(entries(0, 5), { group: 1, loaded: true });
    await log.discard({ epoch: 'epoch-9', firstId: 10, keepMarks: ['loaded'] });
    const emptied = await reopen();
    deepEqual([emptied.epoch, emptied.first, emptied.head], ['epoch-9', 10, 9]);
    deepEqual({ ...emptied.marks }, { loaded: true });
    await emptied.append(entries(10, 3));
    const filled = await reopen();
    equal(filled.head, 12);
    deepEqual(await idsFrom(filled, 10), [10, 11, 12]);
  }),
];
