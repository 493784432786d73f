/** What streams and their delivery do unless they are told otherwise. */
import { describe, expect, it } from '@jest/globals';
import type { EventLog, LogPage, PageLimits } from '../log/event-log.js';
import { memoryLog } from '../log/memory-log.js';
import { fakeSession, ManualClock } from '../testing/index.js';
import { EventStream } from './event-stream.js';
import { StreamDelivery } from './stream-delivery.js';

const MIB = 1024 * 1024;
const ENVELOPE = { before: '', after: () => '' };

/** A stream of events of these sizes, whose log says how it was read. */
async function setUp(sizes: readonly number[], later = false) {
  const clock = new ManualClock();
  const stored = await memoryLog().open('test', { epoch: 'e' });
  const reads: { readonly from: number; readonly limits: PageLimits }[] = [];
  const read = (from: number, limits: PageLimits): LogPage | Promise<LogPage> => {
    reads.push({ from, limits });
    const page = stored.read(from, limits);
    return later ? Promise.resolve(page) : page;
  };
  const log: EventLog = new Proxy(stored, {
    get: (target, name) => (name === 'read' ? read : (Reflect.get(target, name) as unknown)),
  });
  const stream = new EventStream(log, { clock });
  const text = 'x'.repeat(Math.max(...sizes));
  await Promise.all(sizes.map((size) => stream.append(() => text.slice(0, size))));
  const delivery = new StreamDelivery(stream, ENVELOPE, { clock });
  const start = (last: number | null) => {
    const { session, socket } = fakeSession({ clock });
    delivery.reader(session).start(last, 1_000_000);
    return socket;
  };
  return { clock, reads, start };
}

describe('a delivery without options', () => {
  it('reads pages of at most 1000 events and 64 KiB', async () => {
    const { clock, reads, start } = await setUp([1]);
    start(null);
    clock.turn();
    expect(reads).toEqual([{ from: 0, limits: { events: 1000, bytes: 64 * 1024 } }]);
  });

  it.each([
    [2, [0, 1]],
    [3, [0, 1, 2, 0, 1, 2]],
  ])(
    'keeps 4 MiB for other readers, messages included: with %d events of 1 MiB the log is read for %j',
    async (events, expected) => {
      const { clock, reads, start } = await setUp(Array.from({ length: events }, () => MIB));
      for (let reader = 0; reader < 2; reader++) {
        const socket = start(null);
        clock.turn();
        expect(socket.messages).toHaveLength(events);
      }
      expect(reads.map(({ from }) => from)).toEqual(expected);
    },
  );

  it('serves 16 pages before other work gets its turn', async () => {
    const { clock, start } = await setUp(Array.from({ length: 40 }, () => 64 * 1024));
    const socket = start(null);
    const seen: number[] = [];
    const look = () => {
      seen.push(socket.messages.length);
      if (socket.messages.length < 40) clock.soon(look);
    };
    clock.soon(look);
    clock.turn();
    expect(seen).toEqual([16, 32, 40]);
  });

  it('has 64 pages on their way at most', async () => {
    const { clock, reads, start } = await setUp(
      Array.from({ length: 100 }, () => 1),
      true,
    );
    for (let last = 0; last < 90; last++) start(last);
    for (let turn = 0; turn < 10; turn++) clock.turn();
    expect(reads).toHaveLength(64);
  });
});

describe('a stream without options', () => {
  it('lets 100,000 events wait to be stored', async () => {
    const stream = new EventStream(await memoryLog().open('test', { epoch: 'e' }));
    const stored = Array.from({ length: 100_000 }, () => stream.append(() => ''));
    expect(stream.refusal).toMatchObject({ code: 'LIMIT', details: { value: 100_000 } });
    await expect(stream.append(() => '')).rejects.toMatchObject({ code: 'LIMIT' });
    await Promise.all(stored);
    expect(stream.refusal).toBeUndefined();
  });
});
