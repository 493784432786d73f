import { deepEqual, equal } from 'node:assert/strict';
import type { LogMark } from '../../log/event-log.js';
import { entries, idsFrom, logCase, range, refused, WIDE, type LogCase } from './log-case.js';

/** Of a store that has room for little. */
const MAX_BYTES = 100_000;
const IMPOSSIBLE_IDS = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53];

export const appendCases: readonly LogCase[] = [
  logCase('a new stream is empty: first 0, head -1, the given epoch, no marks', async ({ log }) => {
    deepEqual([log.stream, log.first, log.head], ['events', 0, -1]);
    deepEqual([log.epoch, { ...log.marks }], ['epoch-1', {}]);
    deepEqual(await idsFrom(log, 0), []);
  }),

  logCase('ids are gapless from 0 over batches of any size', async ({ log }) => {
    let next = 0;
    for (const size of [1, 7, 0, 300, 1, 2]) {
      await log.append(entries(next, size));
      next += size;
      equal(log.head, next - 1);
    }
    deepEqual(await idsFrom(log, 0), range(0, next - 1));
  }),

  logCase(
    'hathor §7.78: an id out of sequence is refused with STATE and nothing of its batch is stored',
    async ({ log }) => {
      await log.append(entries(0, 2));
      const [, second] = entries(2, 2);
      for (const batch of [
        entries(3, 1),
        entries(1, 1),
        entries(0, 5),
        [...entries(2, 1), ...entries(4, 1)],
        [...entries(2, 1), ...entries(2, 1)],
        [second, ...entries(2, 1)].filter((entry) => entry !== undefined),
      ]) {
        await refused('STATE', () => log.append(batch, { stored: true }));
      }
      deepEqual([log.head, { ...log.marks }], [1, {}]);
      deepEqual(await idsFrom(log, 0), [0, 1]);
      await log.append(entries(2, 1));
      equal(log.head, 2);
    },
  ),

  logCase('hathor §7.73: an id that is negative or not an integer is refused', async ({ log }) => {
    for (const id of IMPOSSIBLE_IDS) {
      await refused('INVALID', () => log.append([{ id, bytes: Buffer.from('x') }]));
    }
    await log.append(entries(0, 1));
    deepEqual(await idsFrom(log, 0), [0]);
  }),

  logCase('a mark that is not a plain value is refused with its batch', async ({ log }) => {
    const marks = [Number.NaN, Infinity, {}, [], undefined, 1n] as unknown as LogMark[];
    for (const mark of marks) await refused('INVALID', () => log.append(entries(0, 1), { mark }));
    deepEqual([log.head, { ...log.marks }], [-1, {}]);
  }),

  logCase('an append is visible when it resolves and not before', async ({ log }) => {
    const appended = log.append(entries(0, 3), { group: 1 });
    equal(log.head, -1);
    deepEqual({ ...log.marks }, {});
    deepEqual(await idsFrom(log, 0), []);
    await appended;
    deepEqual([log.head, { ...log.marks }], [2, { group: 1 }]);
    deepEqual(await idsFrom(log, 0), [0, 1, 2]);
  }),

  logCase('concurrent appends are stored whole and in call order', async ({ log }) => {
    const order: number[] = [];
    const calls: Promise<void>[] = [];
    for (let call = 0; call < 50; call += 1) {
      const appended = log.append(entries(call * 3, 3), { last: call });
      calls.push(appended.then(() => void order.push(call)));
    }
    await Promise.all(calls);
    deepEqual(order, range(0, 49));
    deepEqual(await idsFrom(log, 0), range(0, 149));
    equal(log.marks.last, 49);
  }),

  logCase('a reader sees only whole batches while appends are under way', async ({ log }) => {
    const calls = range(0, 29).map((call) => log.append(entries(call * 10, 10)));
    let finished = false;
    const all = Promise.all(calls).then(() => (finished = true));
    while (!finished) {
      equal((log.head + 1) % 10, 0);
      const ids = await idsFrom(log, 0);
      equal(ids.length % 10, 0);
      deepEqual(ids, range(0, ids.length - 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
  }),

  logCase('a refused append does not disturb those around it', async ({ log }) => {
    const before = log.append(entries(0, 2));
    const wrong = refused('STATE', () => log.append(entries(5, 1)));
    const after = log.append(entries(2, 2));
    await Promise.all([before, wrong, after]);
    deepEqual(await idsFrom(log, 0), [0, 1, 2, 3]);
  }),

  logCase(
    'after a refused append the log takes what follows its head, whatever was called before the refusal',
    async ({ reopen }) => {
      const log = await reopen(MAX_BYTES);
      const full = log.append(entries(0, 1, () => Buffer.alloc(2 * MAX_BYTES)));
      const behind = [log.append(entries(1, 1)), log.append(entries(2, 1))];
      const again = full.catch(() => log.append(entries(0, 1)));
      const settled = await Promise.allSettled([full, ...behind, again]);
      deepEqual(
        settled.map(({ status }) => status),
        ['rejected', 'rejected', 'rejected', 'fulfilled'],
      );
      await log.append(entries(1, 1));
      deepEqual(await idsFrom(log, 0), [0, 1]);
    },
  ),

  logCase('a discard that was called behind a refused append counts', async ({ reopen }) => {
    const log = await reopen(MAX_BYTES);
    const full = log.append(entries(0, 1, () => Buffer.alloc(2 * MAX_BYTES)));
    const discarded = log.discard({ epoch: 'epoch-3', firstId: 7 });
    // A store that puts both into one transaction has nothing to refuse.
    await Promise.allSettled([full]);
    const next = log.append(entries(7, 1));
    await Promise.all([discarded, next]);
    await log.append(entries(8, 1));
    deepEqual([log.epoch, log.first, log.head], ['epoch-3', 7, 8]);
    deepEqual(await idsFrom(log, 7), [7, 8]);
  }),

  logCase('marks are merged by name and stored with their batch', async ({ log }) => {
    await log.append(entries(0, 1), { group: 1, state: 'loading', done: false, note: null });
    await log.append(entries(1, 1), { group: 2.5, done: true });
    await log.append(entries(2, 1));
    deepEqual({ ...log.marks }, { group: 2.5, state: 'loading', done: true, note: null });
  }),

  logCase('an empty batch stores marks only', async ({ log }) => {
    await log.append([], { state: 'loaded' });
    deepEqual([log.first, log.head, { ...log.marks }], [0, -1, { state: 'loaded' }]);
  }),

  logCase('content is any bytes: binary, empty and of 1 MiB', async ({ log }) => {
    const every = Uint8Array.from({ length: 256 }, (_, index) => index);
    const large = new Uint8Array(1024 * 1024).map((_, index) => (index * 31) % 251);
    const part = large.subarray(11, 4011);
    const contents = [every, new Uint8Array(0), large, part, large, every];
    await log.append(contents.map((bytes, id) => ({ id, bytes })));
    const { events } = await log.read(0, WIDE);
    equal(events.length, contents.length);
    contents.forEach((bytes, id) => equal(Buffer.compare(events[id] ?? every, bytes), 0, `${id}`));
  }),
];
