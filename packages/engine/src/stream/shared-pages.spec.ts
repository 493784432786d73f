import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, LogPage, PageLimits } from '../log/event-log.js';
import { memoryLog } from '../log/memory-log.js';
import { Session } from '../session/session.js';
import { FakeSocket, ManualClock, readingLater } from '../testing/index.js';
import { EventStream } from './event-stream.js';
import { StreamDelivery, type StreamDeliveryOptions } from './stream-delivery.js';

const INFO = { endpoint: '/test', url: '/test', params: {}, address: '::1', headers: {} };
const ENVELOPE = { before: '{"event":', after: (latest: number) => `,"latest":${latest}}` };

/** A log that says which reads came. */
function counting(log: EventLog): { log: EventLog; reads: number[] } {
  const reads: number[] = [];
  const read = (from: number, limits: PageLimits): LogPage | Promise<LogPage> => {
    reads.push(from);
    return log.read(from, limits);
  };
  const counted = new Proxy(log, {
    get: (target, name) => (name === 'read' ? read : (Reflect.get(target, name) as unknown)),
  });
  return { log: counted, reads };
}

describe('readers in the same range', () => {
  let clock: ManualClock;
  let stored: EventLog;

  beforeEach(async () => {
    clock = new ManualClock();
    stored = await memoryLog().open('test', { epoch: 'e' });
  });

  const serve = async (
    events: number,
    options: StreamDeliveryOptions & { readonly later?: boolean } = {},
  ) => {
    const { log, reads } = counting(options.later === true ? readingLater(stored) : stored);
    const stream = new EventStream(log);
    const delivery = new StreamDelivery(stream, ENVELOPE, { clock, pageBytes: 100, ...options });
    const publish = (count: number) =>
      Promise.all(Array.from({ length: count }, () => stream.append((id) => `{"id":${id}}`)));
    await publish(events);
    const client = () => {
      const given: Buffer[] = [];
      class KeepingSocket extends FakeSocket {
        override write(frames: readonly Buffer[], bytes: number): boolean {
          given.push(...frames);
          return super.write(frames, bytes);
        }
      }
      const socket = new KeepingSocket();
      const session = new Session(socket, INFO, { clock });
      return { session, socket, given, reader: delivery.reader(session) };
    };
    return { reads, publish, client };
  };

  const ids = ({ socket }: { socket: FakeSocket }) =>
    (socket.json() as { event: { id: number } }[]).map(({ event }) => event.id);
  const upTo = (end: number, from = 0) => Array.from({ length: end - from }, (_, at) => from + at);

  it('are served by one read of the log for each page, and the same bytes', async () => {
    const { reads, client } = await serve(30);
    const clients = [client(), client(), client()];
    for (const { reader } of clients) reader.start(null, 1000);
    clock.turn();
    expect(reads).toEqual([...new Set(reads)]);
    const [first, ...others] = clients;
    expect(first?.given.length).toBe(reads.length);
    for (const { given } of others) {
      for (const [position, frames] of given.entries()) expect(frames).toBe(first?.given[position]);
    }
    for (const client of clients) expect(ids(client)).toEqual(upTo(30));
  });

  it('meet on the same pages although they began at different events', async () => {
    const { reads, client } = await serve(100);
    const clients = [null, 3, 17, 40].map((last) => {
      const opened = client();
      opened.reader.start(last, 1000);
      clock.turn();
      return { ...opened, from: (last ?? -1) + 1 };
    });
    expect(reads.filter((id, position) => reads.indexOf(id) !== position)).toEqual([]);
    for (const { from, ...client } of clients) expect(ids(client)).toEqual(upTo(100, from));
  });

  it('share a page that is on its way', async () => {
    const { reads, client } = await serve(5, { later: true });
    const clients = [client(), client(), client()];
    for (const { reader } of clients) reader.start(null, 1000);
    while (clients.some(({ reader }) => reader.phase !== 'live')) {
      clock.turn();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(reads).toEqual([0]);
    for (const client of clients) expect(ids(client)).toEqual(upTo(5));
  });

  it('may have windows of any size: what one of them does not take yet is there when it does', async () => {
    const { reads, client } = await serve(8);
    const one = client();
    const some = client();
    one.reader.start(null, 1);
    some.reader.start(null, 3);
    for (let id = 0; id < 8; id++) {
      clock.turn();
      one.reader.ack(id, 1);
      if (id % 3 === 2) some.reader.ack(id, 3);
    }
    clock.turn();
    expect(reads).toEqual([0]);
    expect([ids(one), ids(some)]).toEqual([upTo(8), upTo(8)]);
  });

  it('are told the newest event at the moment of sending, whatever others were told', async () => {
    const { publish, client } = await serve(2);
    const early = client();
    early.reader.start(null, 2);
    clock.turn();
    await publish(1);
    const late = client();
    late.reader.start(null, 2);
    clock.turn();
    expect(early.socket.json()).toMatchObject([{ latest: 1 }, { latest: 1 }]);
    expect(late.socket.json()).toMatchObject([{ latest: 2 }, { latest: 2 }]);
  });

  it('do not find there what retention has removed', async () => {
    stored = await memoryLog().open('short', { epoch: 'e', retention: { events: 10 } });
    const { publish, client } = await serve(10);
    const one = client();
    one.reader.start(null, 2);
    clock.turn();
    await publish(5);
    one.reader.ack(1, 2);
    clock.turn();
    expect(one.socket.closedWith).toEqual({ code: 1013, reason: 'events no longer stored' });
    expect(ids(one)).toEqual([0, 1]);
  });

  it('find only as much in memory as may be kept there', async () => {
    const { reads, client } = await serve(30, { sharedBytes: 100 });
    for (const { reader } of [client(), client()]) {
      reader.start(null, 1000);
      clock.turn();
    }
    const pages = reads.length / 2;
    expect(reads.slice(pages)).toEqual(reads.slice(0, pages));
    expect(new Set(reads).size).toBe(pages);
  });

  it('find nothing there if nothing may be kept', async () => {
    const { reads, client } = await serve(2, { sharedBytes: 0 });
    for (const { reader } of [client(), client()]) {
      reader.start(null, 1000);
      clock.turn();
    }
    expect(reads).toEqual([0, 0]);
  });
});
