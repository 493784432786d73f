import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DiscardPolicy } from '@nats-io/jetstream';
import { randomUUID } from 'node:crypto';
import type { EventLog, EventLogStore, LogRetention } from '@sluice/engine';
import { jetstreamLog } from '../src/index.js';
import { event, texts, textsFrom } from './support/events.js';
import { managing } from './support/manage.js';
import { NatsServer } from '../src/testing/index.js';

const WIDE = { events: 1000, bytes: 1_000_000 };
const fault = (code: string, reason: string) => ({ code, details: { reason } });

describe('a stream that somebody else', () => {
  let server: NatsServer;
  let store: EventLogStore;
  let log: EventLog;
  let name: string;
  beforeAll(async () => (server = await NatsServer.start()));
  afterAll(() => server.end());
  beforeEach(() => open(randomUUID()));
  afterEach(() => store.close());

  async function open(stream: string, retention?: LogRetention): Promise<void> {
    store = jetstreamLog({ servers: server.url, stream, timeout: 500 });
    name = `${stream}-events`;
    log = await store.open('events', { epoch: 'e', ...(retention && { retention }) });
  }

  async function reopen(retention?: LogRetention): Promise<void> {
    await store.close();
    await open(name.slice(0, -'-events'.length), retention);
  }

  async function fill(from: number, to: number): Promise<void> {
    for (let id = from; id <= to; id += 1) await log.append([event(id)], { last: id });
  }

  const purge = (options?: { seq: number }) =>
    managing(server.url, (manager) => manager.streams.purge(name, options));

  it('deletes refuses appends and reads: deleted', async () => {
    await fill(0, 1);
    await managing(server.url, ({ streams }) => streams.delete(name));
    const deleted = fault('STATE', 'deleted');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(log.append([event(2)])).rejects.toMatchObject(deleted);
    }
    await expect(log.read(0, WIDE)).rejects.toMatchObject(deleted);
    await reopen();
    expect([log.epoch, log.head]).toEqual(['e', -1]);
  });

  it('deletes and fills anew refuses appends: fenced or rolled-back', async () => {
    await fill(0, 3);
    await managing(server.url, ({ streams }) => streams.delete(name));
    const other = jetstreamLog({ servers: server.url, stream: name.slice(0, -'-events'.length) });
    const anew = await other.open('events', { epoch: 'anew' });
    await expect(log.append([event(4)])).rejects.toMatchObject(fault('STATE', 'rolled-back'));
    await anew.append([event(0)]);
    await other.close();
  });

  it('shortens has forgotten those events: reads of them are refused, the rest goes on', async () => {
    await fill(0, 9);
    // Sequence 1 has no event.
    await purge({ seq: 6 });
    await expect(log.read(2, WIDE)).rejects.toMatchObject({ code: 'LIMIT', details: { first: 4 } });
    expect(await textsFrom(log)).toEqual(texts(4, 9));
    await fill(10, 10);
    await purge({ seq: 8 });
    await reopen();
    expect([log.first, log.head, log.marks.last]).toEqual([6, 10, 10]);
    expect(await textsFrom(log)).toEqual(texts(6, 10));
  });

  it('shortens can be read from an event that is left, though the search begins at one that is not', async () => {
    await fill(0, 9);
    await reopen();
    // The search begins at message 8.
    await purge({ seq: 9 });
    const { events } = await log.read(7, WIDE);
    expect(events.map((bytes) => Buffer.from(bytes).toString())).toEqual(texts(7, 9));
    expect(log.first).toBe(7);
  });

  it('shortens goes on with retention', async () => {
    await reopen({ events: 5 });
    await fill(0, 4);
    await purge({ seq: 4 });
    await fill(5, 9);
    expect([log.first, log.head]).toEqual([5, 9]);
    expect(await textsFrom(log)).toEqual(texts(5, 9));
  });

  it('empties goes on while it is open, and is refused when it is opened without anything: purged', async () => {
    await fill(0, 4);
    await purge();
    await expect(log.read(0, WIDE)).rejects.toMatchObject({ code: 'LIMIT', details: { first: 5 } });
    await fill(5, 6);
    expect(await textsFrom(log)).toEqual(texts(5, 6));
    await reopen();
    expect([log.first, log.head, log.marks.last]).toEqual([5, 6, 6]);
    await purge();
    await expect(reopen()).rejects.toMatchObject(fault('INVALID', 'purged'));
  });

  it('writes into fences the log, and is refused when it is opened: foreign', async () => {
    await fill(0, 0);
    await managing(server.url, (_, client) => client.publish(name, 'hello'));
    await expect(log.append([event(1)])).rejects.toMatchObject(fault('STATE', 'fenced'));
    await expect(reopen()).rejects.toMatchObject(fault('INVALID', 'foreign'));
  });

  it('uses for other subjects is refused: foreign', async () => {
    const stream = randomUUID();
    await managing(server.url, ({ streams }) =>
      streams.add({ name: `${stream}-events`, subjects: [`${stream}.orders`] }),
    );
    const other = jetstreamLog({ servers: server.url, stream });
    await expect(other.open('events', { epoch: 'e' })).rejects.toMatchObject(
      fault('INVALID', 'foreign'),
    );
    await other.close();
  });

  it('limits refuses what does not fit and takes it when there is room', async () => {
    await fill(0, 2);
    const limit = (max_msgs: number) =>
      managing(server.url, ({ streams }) =>
        streams.update(name, { max_msgs, discard: DiscardPolicy.New }),
      );
    await limit(4);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const refused = log.append([event(3)], { attempt });
      await expect(refused).rejects.toMatchObject(fault('LIMIT', 'storage-full'));
    }
    expect([log.head, log.marks]).toEqual([2, { last: 2 }]);
    await limit(-1);
    await fill(3, 4);
    expect(await textsFrom(log)).toEqual(texts(0, 4));
  });

  it('limits in the middle of a batch of several messages stores nothing of it', async () => {
    await fill(0, 2);
    const limit = (max_msgs: number) =>
      managing(server.url, ({ streams }) =>
        streams.update(name, { max_msgs, discard: DiscardPolicy.New }),
      );
    await limit(6);
    const batch = Array.from({ length: 5 }, (_, index) => event(3 + index, 'x'.repeat(100_000)));
    await expect(log.append(batch)).rejects.toMatchObject(fault('LIMIT', 'storage-full'));
    expect(log.head).toBe(2);
    await limit(-1);
    await fill(3, 4);
    expect(await textsFrom(log)).toEqual(texts(0, 4));
    await reopen();
    for (let from = 0; from <= 4; from += 1) {
      expect(await textsFrom(log, from)).toEqual(texts(from, 4));
    }
  });

  it('configured for small messages refuses an event that is larger and stores nothing of its batch', async () => {
    const large = { id: 1, bytes: Buffer.alloc(1024 * 1024) };
    await expect(log.append([event(0), large])).rejects.toMatchObject(fault('LIMIT', 'too-large'));
    await fill(0, 0);
    expect(await textsFrom(log)).toEqual(texts(0, 0));
  });
});

describe('jetstreamLog', () => {
  it('refuses a server that is not there: unreachable, and finds it when it is', async () => {
    const server = await NatsServer.start();
    await server.halt();
    const store = jetstreamLog({ servers: server.url });
    await expect(store.open('events', { epoch: 'e' })).rejects.toMatchObject(
      fault('STATE', 'unreachable'),
    );
    await server.resume();
    expect(await store.open('events', { epoch: 'e' })).toMatchObject({ head: -1 });
    await store.close();
    await server.end();
  });

  it('refuses a server without JetStream, and one that does not let it in', async () => {
    const server = await NatsServer.start({ settings: ['authorization { user: a, password: b }'] });
    const stranger = jetstreamLog({ servers: server.url });
    await expect(stranger.open('events', { epoch: 'e' })).rejects.toMatchObject(
      fault('STATE', 'unreachable'),
    );
    const connection = { user: 'a', pass: 'b' };
    const welcome = jetstreamLog({ servers: server.url, connection });
    expect(await welcome.open('events', { epoch: 'e' })).toMatchObject({ head: -1 });
    await Promise.all([stranger.close(), welcome.close()]);
    await server.end();
    const plain = await NatsServer.start({ jetstream: false });
    const store = jetstreamLog({ servers: plain.url });
    await expect(store.open('events', { epoch: 'e' })).rejects.toMatchObject(
      fault('INVALID', 'no-jetstream'),
    );
    await store.close();
    await plain.end();
  });
});
