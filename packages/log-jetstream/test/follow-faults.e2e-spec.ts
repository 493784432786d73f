/** Who follows a stream loses and doubles nothing, whatever happens between it and the site.server. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, EventLogStore } from '@sluice/engine';
import { RecordingFollower } from '@sluice/engine/testing';
import { cpSync, rmSync } from 'node:fs';
import { batchRecords } from '../src/batch-records.js';
import { appended, emptyState } from '../src/stream-state.js';
import { event, texts, textsFrom } from './support/events.js';
import { eventually } from './support/eventually.js';
import { LogSite } from './support/log-site.js';
import { managing } from './support/manage.js';

describe('a follower', () => {
  let site: LogSite;
  let writing: EventLogStore;
  let reading: EventLogStore;
  let log: EventLog;
  const name = 'sluice-events';

  beforeEach(async () => {
    site = await LogSite.start();
    writing = site.store({ timeout: 2000, closeTimeout: 300 });
    reading = site.storeBehindProxy({ timeout: 1000 });
    log = await writing.open('events', { epoch: 'e' });
  });

  afterEach(() => site.end());

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'of a server that is ended by %s in the middle of appends gets every event once',
    async (signal) => {
      const follower = await RecordingFollower.of(reading);
      for (let id = 0; id < 60; id += 3) {
        const stored = log.append([event(id), event(id + 1), event(id + 2)], { last: id });
        if (id === 12 || id === 15 || id === 42) {
          await site.server.halt(signal);
          await site.server.resume();
        }
        await stored;
      }
      await follower.reaches(59);
      expect(follower.texts).toEqual(texts(0, 59));
      expect(follower.log.marks.last).toBe(57);
      expect(await textsFrom(follower.log)).toEqual(texts(0, 59));
      expect(follower.renewals).toBe(0);
    },
  );

  it('whose connection is cut again and again gets every event once', async () => {
    const follower = await RecordingFollower.of(reading);
    for (let id = 0; id < 40; id += 1) {
      const cut = id % 8 === 3 ? site.proxy.loseNextAnswer() : undefined;
      await log.append([event(id)]);
      await cut;
    }
    await follower.reaches(39);
    expect(follower.texts).toEqual(texts(0, 39));
  });

  it('of a server that stands still goes on when it does', async () => {
    const follower = await RecordingFollower.of(reading);
    await log.append([event(0)]);
    await follower.reaches(0);
    site.server.signal('SIGSTOP');
    const read = follower.log.read(0, { events: 1, bytes: 0 });
    const stored = log.append([event(1)]);
    await eventually(() => writing.status?.state === 'reconnecting');
    site.server.signal('SIGCONT');
    await stored;
    expect((await read).events).toHaveLength(1);
    await follower.reaches(1);
    expect(follower.texts).toEqual(texts(0, 1));
    await eventually(() => writing.status?.state === 'connected');
  });

  it('of a server that falls silent says so long before the connection is given up', async () => {
    const follower = await RecordingFollower.of(reading);
    await log.append([event(0)]);
    await follower.reaches(0);
    site.proxy.fallSilent();
    await eventually(() => reading.status?.state === 'reconnecting');
  }, 9000);

  it('may come before the server', async () => {
    await writing.close();
    await site.server.halt();
    const following = RecordingFollower.of(reading);
    await eventually(() => reading.status?.state === 'reconnecting');
    expect(reading.status?.error).toMatchObject({ details: { reason: 'unreachable' } });
    await site.server.resume();
    const follower = await following;
    expect([follower.log.epoch, follower.log.head]).toEqual(['e', -1]);
    expect(reading.status?.state).toBe('connected');
  });

  it('is told that a stream which was deleted and made anew is another one', async () => {
    const follower = await RecordingFollower.of(reading);
    await log.append([event(0), event(1), event(2)]);
    await follower.reaches(2);
    await managing(site.server.url, ({ streams }) => streams.delete(name));
    await writing.close();
    writing = site.store();
    log = await writing.open('events', { epoch: 'anew' });
    await log.append([event(0, ' anew')]);
    // Whoever notices only when the server says nothing takes as long as a request of the tail.
    site.proxy.cut();
    await follower.until(() => follower.renewals > 0);
    await follower.reaches(0);
    expect([follower.log.epoch, follower.log.first, follower.log.head]).toEqual(['anew', 0, 0]);
    expect(await textsFrom(follower.log)).toEqual(['event 0 anew']);
  });

  it('goes on behind what somebody else has removed', async () => {
    for (let id = 0; id < 10; id += 1) await log.append([event(id)]);
    const follower = await RecordingFollower.of(reading);
    // Event 0 is at sequence 2.
    await managing(site.server.url, ({ streams }) => streams.purge(name, { seq: 6 }));
    await expect(follower.log.read(0, { events: 1, bytes: 0 })).rejects.toMatchObject({
      code: 'LIMIT',
      details: { first: 4 },
    });
    await log.append([event(10)]);
    await follower.reaches(10);
    expect(await textsFrom(follower.log)).toEqual(texts(4, 10));
    expect(follower.renewals).toBe(0);
  });

  it('that missed what was removed meanwhile goes on at the head and is told that it moved', async () => {
    await log.append([event(0)]);
    const follower = await RecordingFollower.of(reading);
    await follower.reaches(0);
    const stopped = site.proxy.suspend();
    for (let id = 1; id < 10; id += 1) await log.append([event(id)]);
    await managing(site.server.url, ({ streams }) => streams.purge(name, { seq: 8 }));
    stopped();
    await follower.reaches(9);
    expect(follower.renewals).toBe(0);
    expect(follower.texts).toEqual([]);
    expect(await textsFrom(follower.log)).toEqual(texts(follower.log.first, 9));
    await log.append([event(10)]);
    await follower.reaches(10);
    expect(follower.texts).toEqual(['event 10']);
  });

  it('takes no notice of a batch whose writer died in the middle of it', async () => {
    const follower = await RecordingFollower.of(reading);
    await log.append([event(0)]);
    const before = { ...emptyState('e', 0, 1, {}), head: 0 };
    const large = Array.from({ length: 3 }, () => Buffer.alloc(100_000, 'torn'));
    const after = appended(before, { events: 3, bytes: 0 }, {});
    const [first, second] = batchRecords(large, before, after, 2 ** 20);
    await managing(site.server.url, async (_, client) => {
      for (const message of [first, second]) await client.publish(name, message ?? '');
    });
    await writing.close();
    writing = site.store();
    log = await writing.open('events', { epoch: 'unused' });
    await log.append([event(1), event(2)]);
    await follower.reaches(2);
    expect(follower.texts).toEqual(texts(0, 2));
    expect(await textsFrom(follower.log)).toEqual(texts(0, 2));
  });

  it('waits for a stream that was deleted, and says so', async () => {
    await log.append([event(0)]);
    const follower = await RecordingFollower.of(reading);
    await managing(site.server.url, ({ streams }) => streams.delete(name));
    site.proxy.cut();
    await eventually(() => reading.status?.state === 'waiting');
    expect([follower.log.head, follower.renewals]).toEqual([0, 0]);
    await writing.close();
    writing = site.store();
    await writing.open('events', { epoch: 'anew' });
    await follower.until(() => follower.renewals > 0);
    expect([follower.log.epoch, reading.status?.state]).toEqual(['anew', 'connected']);
  });

  it('of a stream that was set back to an older copy is told: ids may be given again', async () => {
    await log.append([event(0)]);
    const follower = await RecordingFollower.of(reading);
    await writing.close();
    const copy = `${site.server.folder}-copy`;
    await site.server.halt();
    cpSync(site.server.folder, copy, { recursive: true });
    await site.server.resume();
    writing = site.store();
    log = await writing.open('events', { epoch: 'unused' });
    await log.append([event(1)]);
    await follower.reaches(1);
    await writing.close();
    await site.server.halt();
    rmSync(site.server.folder, { recursive: true });
    cpSync(copy, site.server.folder, { recursive: true });
    rmSync(copy, { recursive: true });
    await site.server.resume();
    await follower.until(() => follower.renewals > 0);
    expect([follower.log.epoch, follower.log.head]).toEqual(['e', 0]);
    expect(await textsFrom(follower.log)).toEqual(texts(0, 0));
  });

  it('has failed if what it finds cannot be read, and says so', async () => {
    const follower = await RecordingFollower.of(reading);
    await managing(site.server.url, (_, client) => client.publish(name, 'not ours'));
    await eventually(() => reading.status?.state === 'failed');
    const foreign = { code: 'INVALID', details: { reason: 'foreign' } };
    expect(reading.status?.error).toMatchObject(foreign);
    await expect(follower.log.read(0, { events: 1, bytes: 0 })).rejects.toMatchObject(foreign);
    await follower.log.close();
    expect(reading.status?.state).toBe('connected');
  });
});
