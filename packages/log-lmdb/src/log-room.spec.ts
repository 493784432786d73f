import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lmdbLog } from './index.js';
import { leastFree, LogRoom, volumeOf, type Volume } from './log-room.js';

const GIB = 1024 ** 3;

describe('LogRoom', () => {
  let volume: Volume | undefined;
  const room = (maxBytes: number, freeBytes?: number): LogRoom =>
    new LogRoom('log', 100, { maxBytes, freeBytes }, () => volume);

  beforeEach(() => {
    volume = { free: 1000, total: 10_000 };
  });

  it('has room up to maxBytes, and for what keeps no more than before', () => {
    const some = room(150);
    some.check(0, 50);
    some.check(-10, 60);
    expect(() => some.check(10, 50)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    expect(() => some.check(0, 51)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    some.changed(50);
    some.check(0, 0);
    some.check(0, -1);
    expect(() => some.check(0, 1)).toThrow('may keep 150 bytes of events and has 150');
    some.changed(-20);
    some.check(0, 20);
  });

  it('leaves freeBytes of the volume to others', () => {
    const some = room(Infinity, 400);
    some.check(0, 600);
    some.check(200, 400);
    expect(() => some.check(200, 401)).toThrow(expect.objectContaining({ code: 'LIMIT' }));
    expect(() => some.check(0, 601)).toThrow(
      expect.objectContaining({
        code: 'LIMIT',
        details: { path: 'log', reason: 'disk-full', limit: 'freeBytes', value: 400, free: 1000 },
      }),
    );
    volume = { free: 300, total: 10_000 };
    expect(() => some.check(0, 1)).toThrow('400 bytes of its volume stay free');
    some.check(0, 0);
  });

  it('leaves a twentieth of small volumes, and 1 GiB of large ones', () => {
    expect(leastFree({ free: 0, total: 1000 })).toBe(50);
    expect(leastFree({ free: 0, total: 1000 * GIB })).toBe(GIB);
    room(Infinity).check(0, 500);
    expect(() => room(Infinity).check(0, 501)).toThrow('500 bytes of its volume stay free');
  });

  it('goes by maxBytes alone where the system does not tell', () => {
    volume = undefined;
    expect(room(200).usage).toEqual({ bytes: 100, limitBytes: 200 });
    room(200).check(0, 100);
    expect(volumeOf('/no/such/directory')).toBeUndefined();
    expect(volumeOf(tmpdir())?.total).toBeGreaterThan(0);
  });

  it('tells where the end is, whichever comes first', () => {
    expect(room(300, 400).usage).toEqual({ bytes: 100, limitBytes: 300 });
    expect(room(10_000, 400).usage).toEqual({ bytes: 100, limitBytes: 700 });
    expect(room(10_000, 5000).usage).toEqual({ bytes: 100, limitBytes: 100 });
  });
});

describe('an LMDB log with maxBytes', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'sluice-log-'));
  });
  afterEach(() => {
    rmSync(path, { recursive: true });
  });

  const kilobyte = (id: number) => ({ id, bytes: Buffer.alloc(1000, id) });
  const full = expect.objectContaining({
    code: 'LIMIT',
    details: { reason: 'log-full', limit: 'maxBytes', value: 3500, bytes: 3000 },
  });

  it('refuses what does not fit, keeps what is there, and goes on when there is room', async () => {
    let store = lmdbLog({ path, maxBytes: 3500 });
    let log = await store.open('events', { epoch: 'a' });
    const other = await store.open('others', { epoch: 'b' });
    for (const id of [0, 1]) await log.append([kilobyte(id)]);
    await other.append([kilobyte(0)]);
    await expect(log.append([kilobyte(2)])).rejects.toEqual(full);
    const { events } = await log.read(0, { events: 9, bytes: 9999 });
    expect([log.head, events.length]).toEqual([1, 2]);
    await log.append([], { mark: 1 });
    await log.append([{ id: 2, bytes: Buffer.alloc(500) }]);
    expect(store.usage).toEqual({ bytes: 3500, limitBytes: 3500 });
    await store.close();

    store = lmdbLog({ path, maxBytes: 3500 });
    log = await store.open('events', { epoch: 'a' });
    await expect(log.append([kilobyte(3)])).rejects.toMatchObject({ code: 'LIMIT' });
    await log.discard({ epoch: 'c' });
    for (const id of [0, 1]) await log.append([kilobyte(id)]);
    await store.close();
  });

  it('refuses what does not fit to its stream alone, of streams that append at once', async () => {
    const store = lmdbLog({ path, maxBytes: 3500 });
    const streams = ['first', 'large', 'marks', 'second'];
    const [first, large, marks, second] = await Promise.all(
      streams.map((stream) => store.open(stream, { epoch: 'a' })),
    );
    const outcomes = await Promise.allSettled([
      first?.append([kilobyte(0)]),
      large?.append([0, 1, 2].map(kilobyte)),
      marks?.append([], { mark: 1 }),
      second?.append([0, 1].map(kilobyte)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect([first?.head, large?.head, marks?.marks, second?.head]).toEqual([0, -1, { mark: 1 }, 1]);
    expect(store.usage?.bytes).toBe(3000);
    await large?.append([{ id: 0, bytes: Buffer.alloc(500) }]);
    await store.close();
  });

  it('has room for a stream with retention, however long it runs', async () => {
    const store = lmdbLog({ path, maxBytes: 3500 });
    const log = await store.open('events', { epoch: 'a', retention: { bytes: 3500 } });
    for (let id = 0; id < 20; id += 1) await log.append([kilobyte(id)]);
    expect([log.first, log.head]).toEqual([17, 19]);
    await store.close();
  });

  it('leaves room on its volume', async () => {
    const store = lmdbLog({ path, freeBytes: Number.MAX_SAFE_INTEGER });
    const log = await store.open('events', { epoch: 'a' });
    await expect(log.append([kilobyte(0)])).rejects.toMatchObject({
      code: 'LIMIT',
      details: { reason: 'disk-full', limit: 'freeBytes' },
    });
    expect(store.usage).toEqual({ bytes: 0, limitBytes: 0 });
    await store.close();
  });

  it.each([{ maxBytes: 0 }, { maxBytes: NaN }, { freeBytes: -1 }, { freeBytes: 0.5 }])(
    'refuses %j',
    (options) => {
      expect(() => lmdbLog({ path, ...options })).toThrow(Object.keys(options)[0] ?? '');
    },
  );
});
