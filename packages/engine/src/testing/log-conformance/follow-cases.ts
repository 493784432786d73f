import { deepEqual, equal, rejects } from 'node:assert/strict';
import type { EventLogStore, FollowedLog, FollowOptions } from '../../log/event-log.js';
import { RecordingFollower } from '../recording-follower.js';
import { entries, idsFrom, logCase, range, refused, WIDE, type LogCase } from './log-case.js';

/** For stores that can be followed; the others pass. */
export const followCases: readonly LogCase[] = [
  logCase('who follows sees what is stored, then what comes', async ({ store, log }) => {
    if (store.follow === undefined) return;
    await log.append(entries(0, 3), { group: 1 });
    const copy = await RecordingFollower.of(store);
    deepEqual([copy.log.epoch, copy.log.first, copy.log.head], ['epoch-1', 0, 2]);
    deepEqual({ ...copy.log.marks }, { group: 1 });
    deepEqual(await idsFrom(copy.log, 0), [0, 1, 2]);
    await log.append(entries(3, 2), { group: 2 });
    await log.append(entries(5, 500));
    await copy.reaches(504);
    told(copy, range(3, 504));
    deepEqual({ ...copy.log.marks }, { group: 2 });
    deepEqual(await idsFrom(copy.log, 0), range(0, 504));
    await copy.log.close();
  }),

  logCase('who follows is told of marks alone', async ({ store, log }) => {
    if (store.follow === undefined) return;
    const copy = await RecordingFollower.of(store);
    await log.append([], { loaded: true });
    await copy.until(() => copy.log.marks.loaded === true);
    told(copy, []);
    equal(copy.log.head, -1);
    await copy.log.close();
  }),

  logCase('who follows a stream that begins anew is told', async ({ store, log }) => {
    if (store.follow === undefined) return;
    await log.append(entries(0, 3), { kept: 1, other: 2 });
    const copy = await RecordingFollower.of(store);
    await log.discard({ epoch: 'epoch-3', firstId: 10, keepMarks: ['kept'] });
    await copy.until(() => copy.renewals === 1);
    deepEqual([copy.log.epoch, copy.log.first, copy.log.head], ['epoch-3', 10, 9]);
    deepEqual({ ...copy.log.marks }, { kept: 1 });
    await log.append(entries(10, 2));
    await copy.reaches(11);
    told(copy, [10, 11]);
    equal(copy.renewals, 1);
    deepEqual(await idsFrom(copy.log, 10), [10, 11]);
    await refused('LIMIT', () => copy.log.read(9, WIDE), { first: 10 });
    await copy.log.close();
  }),

  logCase('who follows forgets what retention forgets', async ({ store }) => {
    if (store.follow === undefined) return;
    const log = await store.open('short', { epoch: 'e', retention: { events: 4 } });
    const copy = await RecordingFollower.of(store, 'short');
    for (let id = 0; id < 10; id += 1) await log.append(entries(id, 1));
    await copy.reaches(9);
    deepEqual([copy.log.first, copy.log.head], [6, 9]);
    await refused('LIMIT', () => copy.log.read(5, WIDE), { first: 6 });
    deepEqual(await idsFrom(copy.log, 6), range(6, 9));
    await copy.log.close();
  }),

  logCase('a stream can be followed before it exists', async ({ store }) => {
    if (store.follow === undefined) return;
    const following = RecordingFollower.of(store, 'later');
    const log = await store.open('later', { epoch: 'of later' });
    const copy = await following;
    await log.append(entries(0, 2));
    await copy.reaches(1);
    told(copy, [0, 1]);
    equal(copy.log.epoch, 'of later');
    await copy.log.close();
  }),

  logCase('the wait for a stream ends when asked, and with the store', async ({ store }) => {
    if (store.follow === undefined) return;
    const ending = new AbortController();
    const waiting = follow(store, 'never', ending.signal);
    const other = follow(store, 'never either');
    const reason = new Error('enough');
    const aborted = rejects(waiting, (error) => error === reason);
    const closed = refused('STATE', () => other);
    ending.abort(reason);
    await aborted;
    await store.close();
    await closed;
    await refused('STATE', () => follow(store, 'events'));
  }),

  logCase('any number may follow, and who has left hears no more', async ({ store, log }) => {
    if (store.follow === undefined) return;
    const copies = await Promise.all(Array.from({ length: 3 }, () => RecordingFollower.of(store)));
    const [left, ...others] = copies;
    await left?.log.close();
    await log.append(entries(0, 2));
    await Promise.all(others.map((copy) => copy.reaches(1)));
    deepEqual(
      copies.map(({ ids }) => ids.length),
      [0, 2, 2],
    );
    await refused('STATE', () => left?.log.read(0, WIDE));
    await left?.log.close();
    await Promise.all(others.map((copy) => copy.log.close()));
    await log.append(entries(2, 1));
    equal(log.head, 2);
  }),

  logCase('closing the store ends following it', async ({ store, log }) => {
    if (store.follow === undefined) return;
    await log.append(entries(0, 2));
    const [copy, left] = await Promise.all([
      RecordingFollower.of(store),
      RecordingFollower.of(store),
    ]);
    await left.log.close();
    const late = follow(store, 'events');
    const refusal = refused('STATE', () => late);
    await store.close();
    await refusal;
    await refused('STATE', () => copy.log.read(0, WIDE));
    equal(copy.lost, undefined);
    await Promise.all([copy.log.close(), left.log.close()]);
  }),

  logCase('who follows twice with the same options follows twice', async ({ store, log }) => {
    if (store.follow === undefined) return;
    const options = new CountingFollower();
    const one = await store.follow('events', options);
    const other = await store.follow('events', options);
    await log.append(entries(0, 1));
    await options.hears(2);
    await one.close();
    await log.append(entries(1, 1));
    await options.hears(3);
    deepEqual(options.heard, [0, 0, 1]);
    deepEqual(await idsFrom(other, 0), [0, 1]);
    await other.close();
  }),
];

/** Options whose functions belong to a class. */
class CountingFollower implements FollowOptions {
  /** First ids of what was announced. */
  readonly heard: number[] = [];
  private look = (): void => undefined;

  onAppend(from: number): void {
    this.heard.push(from);
    this.look();
  }

  onRenew(): void {
    this.heard.length = 0;
  }

  /** Resolves when so many announcements have come. */
  hears(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.look = () => {
        if (this.heard.length >= count) resolve();
      };
      this.look();
    });
  }
}

/** Asserts that these events were announced, each as what it is. */
function told({ ids, texts }: RecordingFollower, expected: readonly number[]): void {
  deepEqual(ids, expected);
  deepEqual(
    texts,
    expected.map((id) => `event ${id}`),
  );
}

async function follow(
  store: EventLogStore,
  stream: string,
  signal?: AbortSignal,
): Promise<FollowedLog | undefined> {
  const ignored = (): void => undefined;
  return store.follow?.(stream, {
    onAppend: ignored,
    onRenew: ignored,
    ...(signal && { signal }),
  });
}
