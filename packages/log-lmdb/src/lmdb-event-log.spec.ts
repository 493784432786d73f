import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CommitQueue } from './commit-queue.js';
import { LmdbEventLog } from './lmdb-event-log.js';
import type { LmdbEnvironment } from './lmdb-environment.js';
import { LogRoom } from './log-room.js';
import { openEnvironment } from './open-environment.js';

const event = (id: number) => ({ id, bytes: Buffer.from(`event ${id}`) });
const WIDE = { events: 100, bytes: 10_000 };

function deferred() {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((settle, refuse) => {
    resolve = settle;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

describe('LmdbEventLog', () => {
  let path: string;
  let environment: LmdbEnvironment;
  let log: LmdbEventLog;
  /** Replaces the commits of the file. */
  let commit: LmdbEnvironment['commit'];

  beforeEach(async () => {
    path = mkdtempSync(join(tmpdir(), 'sluice-log-'));
    environment = await openEnvironment({ path, durability: 'commit', mapSize: 1024 ** 2 });
    commit = environment.commit.bind(environment);
    const steered = new Proxy(environment, {
      get(target, name) {
        if (name === 'commit') return (...args: Parameters<typeof commit>) => commit(...args);
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    log = new LmdbEventLog({
      stream: 'events',
      environment: steered,
      queue: new CommitQueue(steered, new LogRoom(path, 0, { maxBytes: Infinity, freeBytes: 0 })),
      table: environment.openTable('events'),
      record: { epoch: 'e', first: 0, head: -1, bytes: 0, newest: 0, marks: {} },
      retention: {},
      onClose: () => undefined,
    });
    await log.append([event(0)]);
  });

  afterEach(async () => {
    await log.close();
    await environment.close();
    rmSync(path, { recursive: true });
  });

  /** Holds the next commit: `begun` once it has been asked for (and written), until `end`, with or without a failure. */
  function holdNextCommit(does: 'write' | 'nothing') {
    const begun = deferred();
    const ended = deferred();
    commit = async (...parts) => {
      commit = environment.commit.bind(environment);
      if (does === 'write') await environment.commit(...parts);
      begun.resolve();
      await ended.promise;
    };
    return { begun: begun.promise, end: ended.resolve, fail: ended.reject };
  }

  const read = () => log.read(log.first, WIDE).events.map((bytes) => Buffer.from(bytes).toString());

  it('stores an append that follows marks which have failed, and goes on after it', async () => {
    const { begun, fail } = holdNextCommit('nothing');
    const lost = log.append([], { mark: 1 });
    await begun;
    const follower = log.append([event(1)]);
    fail(new Error('disk full'));
    await expect(lost).rejects.toThrow('disk full');
    await log.append([event(2)]);
    await follower;
    await log.append([event(3)]);
    expect([log.head, log.marks]).toEqual([3, {}]);
  });

  it('goes on after what is stored when an append has failed', async () => {
    const { begun, fail } = holdNextCommit('nothing');
    const lost = log.append([event(1)]);
    await begun;
    const follower = log.append([event(2)]);
    fail(new Error('disk full'));
    await expect(lost).rejects.toThrow('disk full');
    await expect(follower).rejects.toThrow();
    await log.append([event(1)]);
    expect(read()).toEqual(['event 0', 'event 1']);
  });

  it('counts from a discard that was asked for while an append was failing', async () => {
    const { begun, fail } = holdNextCommit('nothing');
    const lost = log.append([event(1)]);
    await begun;
    const discarded = log.discard({ epoch: 'f', firstId: 10 });
    const first = log.append([event(10)]);
    fail(new Error('disk full'));
    await expect(lost).rejects.toThrow('disk full');
    await log.append([event(11)]);
    await Promise.all([discarded, first]);
    expect(read()).toEqual(['event 10', 'event 11']);
    expect(log.epoch).toBe('f');
  });

  it('refuses what was meant for a new epoch that has failed, also if its ids would fit', async () => {
    const { begun, fail } = holdNextCommit('nothing');
    const lost = log.discard({ epoch: 'f', firstId: 1 });
    await begun;
    const next = log.append([event(1)]);
    fail(new Error('disk full'));
    await expect(lost).rejects.toThrow('disk full');
    await expect(next).rejects.toMatchObject({ code: 'STATE' });
    await log.append([event(1)]);
    await log.append([event(2)]);
    expect(read()).toEqual(['event 0', 'event 1', 'event 2']);
    expect(log.epoch).toBe('e');
  });

  it('shows what a discard removes until the discard is acknowledged', async () => {
    const { begun, end } = holdNextCommit('write');
    const discarded = log.discard({ epoch: 'f' });
    await begun;
    try {
      expect(read()).toEqual(['event 0']);
    } finally {
      end();
    }
    await discarded;
    expect(read()).toEqual([]);
  });
});
