import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { entries, idsFrom, logCase, range, refused, WIDE, type LogCase } from './log-case.js';

export const lifeCycleCases: readonly LogCase[] = [
  logCase('a stream that is open is not opened a second time', async ({ store, log }) => {
    await refused('STATE', () => store.open('events', { epoch: 'x' }), { stream: 'events' });
    await log.append(entries(0, 1));
    equal(log.head, 0);
  }),

  logCase('two simultaneous calls of open give one log', async ({ store }) => {
    const opened = await Promise.allSettled([
      store.open('other', { epoch: 'x' }),
      store.open('other', { epoch: 'y' }),
    ]);
    deepEqual(opened.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  }),

  logCase('a closed stream can be opened again and continues', async ({ store, log }) => {
    await log.append(entries(0, 2), { group: 3 });
    await log.close();
    const again = await store.open('events', { epoch: 'ignored' });
    deepEqual([again.epoch, again.head, again.marks.group], ['epoch-1', 1, 3]);
    await again.append(entries(2, 1));
    deepEqual(await idsFrom(again, 0), [0, 1, 2]);
  }),

  logCase('a closed stream refuses calls, except close', async ({ log }) => {
    await log.append(entries(0, 1));
    await log.close();
    await refused('STATE', () => log.append(entries(1, 1)));
    await refused('STATE', () => log.read(0, WIDE));
    await refused('STATE', () => log.discard({ epoch: 'x' }));
    await log.close();
  }),

  logCase('closing again does nothing to who has opened the stream since', async (fixture) => {
    const { store, log } = fixture;
    await log.close();
    const again = await store.open('events', { epoch: 'ignored' });
    await log.close();
    await refused('STATE', () => store.open('events', { epoch: 'x' }));
    await again.append(entries(0, 1));
    equal(again.head, 0);
  }),

  logCase('closing waits for the appends that were called', async ({ store, log }) => {
    const appended = [log.append(entries(0, 2)), log.append(entries(2, 2))];
    const closed = log.close();
    await refused('STATE', () => log.append(entries(4, 1)));
    await closed;
    await Promise.all(appended);
    equal((await store.open('events', { epoch: 'x' })).head, 3);
  }),

  logCase('a closed store refuses calls and has closed its streams', async ({ store, log }) => {
    const appended = log.append(entries(0, 1));
    await store.close();
    await appended;
    await refused('STATE', () => log.append(entries(1, 1)));
    await refused('STATE', () => store.open('events', { epoch: 'x' }));
    await store.close();
  }),

  logCase('streams of one store are independent', async ({ store, log }) => {
    const names = ['a', 'b', 'events2', 'stream:a', 'ä/…', '__proto__'];
    const logs = await Promise.all(names.map((name) => store.open(name, { epoch: `of ${name}` })));
    await Promise.all(
      logs.flatMap((other, index) => [
        other.append(entries(0, index + 1), { index }),
        other.append(entries(index + 1, 1)),
      ]),
    );
    await logs[0]?.discard({ epoch: 'new' });
    deepEqual(
      logs.map(({ head, epoch }) => [head, epoch]),
      names.map((name, index) => (index === 0 ? [-1, 'new'] : [index + 1, `of ${name}`])),
    );
    for (const [index, other] of logs.entries()) {
      deepEqual(await idsFrom(other, 0), index === 0 ? [] : range(0, index + 1));
    }
    deepEqual([log.head, { ...log.marks }], [-1, {}]);
  }),

  logCase('a restart finds what was acknowledged', async ({ place, log, reopen }) => {
    if (!place.durable) return;
    for (const size of [1, 500, 3]) {
      await log.append(entries(log.head + 1, size), { group: size });
    }
    const again = await reopen();
    deepEqual([again.epoch, again.first, again.head], ['epoch-1', 0, 503]);
    deepEqual({ ...again.marks }, { group: 3 });
    deepEqual(await idsFrom(again, 0), range(0, 503));
    await again.append(entries(504, 1));
    deepEqual(await idsFrom(again, 500), range(500, 504));
  }),

  logCase('a log that forgets starts with the new epoch', async ({ place, log, reopen }) => {
    if (place.durable) return;
    await log.append(entries(0, 1));
    const again = await reopen();
    notEqual(again, log);
    deepEqual([again.epoch, again.head], ['epoch-2', -1]);
  }),
];
