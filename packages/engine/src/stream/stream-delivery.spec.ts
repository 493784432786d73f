import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventLog } from '../log/event-log.js';
import { memoryLog } from '../log/memory-log.js';
import { fakeSession, ManualClock, readingLater } from '../testing/index.js';
import { EventStream } from './event-stream.js';
import { StreamDelivery } from './stream-delivery.js';

const ENVELOPE = { before: '{"event":', after: (latest: number) => `,"latest":${latest}}` };

interface Frame {
  readonly event: { readonly id: number };
  readonly latest: number;
}

describe('StreamDelivery', () => {
  let clock: ManualClock;
  let log: EventLog;
  let stream: EventStream;
  let delivery: StreamDelivery;

  beforeEach(async () => {
    clock = new ManualClock();
    log = await memoryLog().open('test', { epoch: 'e' });
    stream = new EventStream(log);
    delivery = new StreamDelivery(stream, ENVELOPE, { clock, pageBytes: 100, pagesPerTurn: 2 });
  });

  const publish = (count: number) =>
    Promise.all(Array.from({ length: count }, () => stream.append((id) => `{"id":${id}}`)));

  const client = (kernelBytes?: number) => {
    const { session, socket } = fakeSession({
      clock,
      socket: kernelBytes === undefined ? {} : { kernelBytes },
    });
    const ids = () => (socket.json() as Frame[]).map(({ event }) => event.id);
    return { session, socket, reader: delivery.reader(session), ids };
  };

  it('replays what is stored and goes on with what comes, without a gap or a repeat', async () => {
    await publish(30);
    const { reader, ids } = client();
    reader.start(null, 1000);
    clock.turn();
    await publish(5);
    clock.turn();
    expect(ids()).toEqual(Array.from({ length: 35 }, (_, id) => id));
    expect(reader.phase).toBe('live');
  });

  it('tells when what a request brings has been sent', async () => {
    await publish(3);
    const { reader, ids } = client();
    expect(reader.pumped()).toBeUndefined();
    reader.start(null, 2);
    const told = jest.fn();
    const pumped = reader.pumped()?.then(told);
    await Promise.resolve();
    expect(told).not.toHaveBeenCalled();
    clock.turn();
    await pumped;
    expect(ids()).toEqual([0, 1]);
    expect(reader.pumped()).toBeUndefined();
  });

  it('tells so, too, when the session ends before anything is sent', async () => {
    await publish(3);
    const { reader, session } = client();
    reader.start(null, 2);
    const pumped = reader.pumped();
    session.closed();
    await expect(pumped).resolves.toBeUndefined();
  });

  it('says with every event which one is the newest at the moment of sending', async () => {
    await publish(3);
    const { reader, socket } = client();
    reader.start(1, 10);
    clock.turn();
    await publish(1);
    clock.turn();
    expect(socket.messages).toEqual([
      '{"event":{"id":2},"latest":2}',
      '{"event":{"id":3},"latest":3}',
    ]);
  });

  it('sends no more than the window allows, whether stored or new', async () => {
    await publish(4);
    const { reader, ids } = client();
    reader.start(null, 6);
    clock.turn();
    await publish(20);
    clock.turn();
    expect(ids()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(reader.phase).toBe('idle');
  });

  it('sends again what follows an acknowledged event', async () => {
    await publish(10);
    const { reader, ids } = client();
    reader.start(null, 5);
    clock.turn();
    reader.ack(2, 5);
    clock.turn();
    expect(ids()).toEqual([0, 1, 2, 3, 4, 3, 4, 5, 6, 7]);
  });

  it('waits for an id that does not exist yet', async () => {
    await publish(2);
    const { reader, ids } = client();
    reader.start(4, 10);
    clock.turn();
    await publish(3);
    clock.turn();
    expect(ids()).toEqual([]);
    await publish(2);
    clock.turn();
    expect(ids()).toEqual([5, 6]);
  });

  it('keeps nothing in memory for a client that stopped reading, and goes on when it reads again', async () => {
    const { session, reader, socket, ids } = client(0);
    socket.drain();
    reader.start(null, 1_000_000);
    await publish(1);
    clock.turn();
    socket.stall();
    await publish(1);
    clock.turn();
    const held = session.backlog;
    for (let round = 0; round < 50; round++) {
      await publish(20);
      clock.turn();
    }
    expect(reader.phase).toBe('blocked');
    expect(session.backlog).toBe(held);
    socket.drain();
    session.drained();
    clock.turn();
    expect(ids()).toEqual(Array.from({ length: 1002 }, (_, id) => id));
    expect(reader.phase).toBe('live');
  });

  it('serves readers that lag in turns, so that a long replay does not hold up a short one', async () => {
    await publish(1000);
    const long = client();
    long.reader.start(null, 1000);
    const short = client();
    short.reader.start(989, 1000);
    clock.turn();
    expect(short.ids()).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
    expect(long.ids()).toHaveLength(1000);
  });

  it('serves no more pages in one turn than it may, so that other work gets its turn', async () => {
    await publish(1000);
    const { reader, ids } = client();
    reader.start(null, 1000);
    const late: number[] = [];
    clock.soon(() => late.push(ids().length));
    clock.turn();
    expect(late[0]).toBeLessThan(60);
    expect(ids()).toHaveLength(1000);
  });

  it('encodes an announcement once for all readers that need the same events', async () => {
    const clients = [client(), client(), client()];
    for (const { reader } of clients) reader.start(null, 100);
    const written: Buffer[] = [];
    for (const { session } of clients) {
      const write = session.write.bind(session);
      session.write = (frames) => {
        written.push(frames);
        write(frames);
      };
    }
    await publish(3);
    expect(written).toHaveLength(3);
    expect(new Set(written).size).toBe(1);
  });

  it('sends the rest of a large announcement from the log, page by page', async () => {
    const { reader, ids } = client();
    reader.start(null, 1000);
    await publish(500);
    expect(reader.phase).toBe('queued');
    clock.turn();
    expect(ids()).toEqual(Array.from({ length: 500 }, (_, id) => id));
  });

  it('ends a session whose events are no longer stored instead of skipping them', async () => {
    const retained = await memoryLog().open('short', { epoch: 'e', retention: { events: 5 } });
    const short = new EventStream(retained);
    const bounded = new StreamDelivery(short, ENVELOPE, { clock });
    const { session, socket } = fakeSession({ clock });
    for (let id = 0; id < 20; id++) await short.append((next) => `{"id":${next}}`);
    bounded.reader(session).start(0, 10);
    clock.turn();
    expect(socket.closedWith).toEqual({ code: 1013, reason: 'events no longer stored' });
    expect(socket.messages).toEqual([]);
  });

  it('forgets a session that is gone', async () => {
    const { session, reader } = client();
    reader.start(null, 10);
    session.closed();
    await publish(1);
    clock.turn();
    expect(reader.phase).toBe('ended');
    expect(delivery.census()).toMatchObject({ live: 0, ended: 0 });
  });

  it('has no more pages on their way than it may, whoever leaves, and serves everybody in the end', async () => {
    await publish(50);
    let underWay = 0;
    let most = 0;
    const later = readingLater(log);
    const counted = new Proxy(later, {
      get: (target, name) =>
        name === 'read'
          ? async (...args: Parameters<EventLog['read']>) => {
              most = Math.max(most, ++underWay);
              await new Promise((resolve) => setImmediate(resolve));
              underWay--;
              return target.read(...args);
            }
          : (Reflect.get(target, name) as unknown),
    });
    delivery = new StreamDelivery(new EventStream(counted), ENVELOPE, {
      clock,
      pageBytes: 100,
      concurrentReads: 3,
    });
    const clients = Array.from({ length: 12 }, () => client());
    for (const [last, { reader }] of clients.entries()) reader.start(last, 50);
    clock.turn();
    for (const { session } of clients.splice(0, 2)) session.closed();
    while (clients.some(({ reader }) => reader.phase !== 'live')) {
      clock.turn();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(most).toBe(3);
    for (const { ids } of clients) expect(ids().at(-1)).toBe(49);
    expect(clients.map(({ ids }) => ids()[0])).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('delivers nothing more once it is stopped, also to a session that comes later', async () => {
    await publish(3);
    const early = client();
    early.reader.start(null, 10);
    delivery.stop();
    const late = client();
    late.reader.start(null, 10);
    early.session.drained();
    clock.turn();
    await publish(3);
    clock.turn();
    expect([early.ids(), late.ids()]).toEqual([[], []]);
    expect([early.session.phase, late.session.phase]).toEqual(['open', 'open']);
  });
});

describe('a message that cannot be built', () => {
  const broken = {
    before: '',
    after: (): string => {
      throw new Error('no envelope');
    },
  };

  it.each(['live', 'stored', 'stored, over a log that reads later'])(
    'ends the session that would miss it, and nothing else (%s)',
    async (which) => {
      const clock = new ManualClock();
      const log = await memoryLog().open('test', { epoch: 'e' });
      const stream = new EventStream(
        which === 'stored, over a log that reads later' ? readingLater(log) : log,
      );
      const errors: unknown[] = [];
      const delivery = new StreamDelivery(stream, broken, {
        clock,
        onError: ({ message }) => errors.push(message),
      });
      const { session, socket } = fakeSession({ clock });
      if (which === 'live') delivery.reader(session).start(null, 10);
      await stream.append((id) => `{"id":${id}}`);
      if (which !== 'live') delivery.reader(session).start(null, 10);
      clock.turn();
      await new Promise((resolve) => setImmediate(resolve));
      expect(socket.closedWith).toEqual({ code: 1013, reason: 'event delivery failed' });
      expect(errors).toEqual(['no envelope']);
      expect(stream.failed).toBeUndefined();
    },
  );
});
