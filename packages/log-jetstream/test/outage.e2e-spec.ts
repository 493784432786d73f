import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, EventLogStore } from '@sluice/engine';
import { cpSync, rmSync } from 'node:fs';
import { jetstreamLog } from '../src/index.js';
import { event, texts, textsFrom } from './support/events.js';
import { LossyProxy } from './support/lossy-proxy.js';
import { NatsServer } from '../src/testing/index.js';

describe('a log whose server', () => {
  let server: NatsServer;
  let store: EventLogStore;
  let log: EventLog;

  beforeEach(async () => {
    server = await NatsServer.start();
    store = jetstreamLog({ servers: server.url, timeout: 2000, closeTimeout: 300 });
    log = await store.open('events', { epoch: 'e' });
  });

  afterEach(async () => {
    await store.close();
    await server.end();
  });

  /** Opens the stream with another connection. */
  async function elsewhere<T>(body: (log: EventLog) => Promise<T>): Promise<T> {
    const other = jetstreamLog({ servers: server.url });
    try {
      return await body(await other.open('events', { epoch: 'unused' }));
    } finally {
      await other.close();
    }
  }

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'is ended by %s again and again in the middle of appends misses and doubles nothing',
    async (signal) => {
      const restarts = [20, 21, 150];
      for (let id = 0; id < 300; id += 3) {
        const appended = log.append([event(id), event(id + 1), event(id + 2)], { last: id });
        if (restarts.some((at) => at === id || at + 2 === id)) {
          await server.halt(signal);
          await server.resume();
        }
        await appended;
      }
      expect(await textsFrom(log)).toEqual(texts(0, 299));
      await elsewhere(async (other) => {
        expect([other.epoch, other.head, other.marks.last]).toEqual(['e', 299, 297]);
        expect(await textsFrom(other)).toEqual(texts(0, 299));
      });
    },
  );

  it('is away is waited for by appends, discards and reads', async () => {
    await log.append([event(0)]);
    await server.halt();
    const waiting = Promise.all([
      log.read(0, { events: 1, bytes: 0 }),
      log.append([event(1)]),
      log.discard({ epoch: 'f', firstId: 7 }),
      log.append([event(7)]),
    ]);
    await server.resume();
    await waiting;
    expect([log.epoch, log.first, log.head]).toEqual(['f', 7, 7]);
    expect(await textsFrom(log)).toEqual(['event 7']);
  });

  describe('behind a proxy', () => {
    let proxy: LossyProxy;
    beforeEach(async () => {
      await store.close();
      proxy = await LossyProxy.start(server.port);
      store = jetstreamLog({ servers: proxy.url, timeout: 1000 });
      log = await store.open('events', { epoch: 'unused' });
    });
    afterEach(async () => {
      await store.close();
      await proxy.end();
    });

    it('answers too late gets the batch again and stores it once', async () => {
      await log.append([event(0)]);
      const attempts = proxy.attempts(3);
      const release = proxy.hold();
      const appended = log.append([event(1)]);
      await attempts;
      release();
      await appended;
      await log.append([event(2)]);
      expect(await textsFrom(log)).toEqual(texts(0, 2));
    });

    it('acknowledges into a connection that breaks stores the batch once', async () => {
      for (let id = 0; id < 5; id += 1) {
        const lost = proxy.loseNextAnswer();
        await Promise.all([log.append([event(id)]), lost]);
      }
      expect(await textsFrom(log)).toEqual(texts(0, 4));
      await elsewhere(async (other) => expect(await textsFrom(other)).toEqual(texts(0, 4)));
    });
  });

  it('does not come back does not keep the log from closing: what was not answered is refused', async () => {
    await log.append([event(0)]);
    await server.halt();
    const unanswered = log.append([event(1)]);
    const reading = log.read(0, { events: 1, bytes: 0 });
    const refused = Promise.all([
      expect(unanswered).rejects.toMatchObject({
        code: 'STATE',
        details: { reason: 'unreachable' },
      }),
      expect(reading).rejects.toMatchObject({ code: 'STATE' }),
    ]);
    await store.close();
    await refused;
  });

  it('comes back with an older copy of the stream refuses appends: rolled-back', async () => {
    await log.append([event(0)]);
    const copy = `${server.folder}-copy`;
    await server.halt();
    cpSync(server.folder, copy, { recursive: true });
    await server.resume();
    await log.append([event(1)]);
    await server.halt();
    rmSync(server.folder, { recursive: true });
    cpSync(copy, server.folder, { recursive: true });
    rmSync(copy, { recursive: true });
    await server.resume();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(log.append([event(2)])).rejects.toMatchObject({
        code: 'STATE',
        details: { reason: 'rolled-back' },
      });
    }
    await elsewhere(async (other) => expect(await textsFrom(other)).toEqual(['event 0']));
  });
});
