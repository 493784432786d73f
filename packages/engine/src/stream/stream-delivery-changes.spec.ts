/** What happens to a session, or is asked by it, while its events are on their way. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SluiceError } from '../errors.js';
import { memoryLog } from '../log/memory-log.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import { MetricsRegistry } from '../metrics/metrics-registry.js';
import {
  fakeSession,
  ManualClock,
  readingLater,
  type FakeSessionOptions,
} from '../testing/index.js';
import { EventStream } from './event-stream.js';
import { StreamDelivery, type StreamDeliveryOptions } from './stream-delivery.js';

const ENVELOPE = { before: '', after: () => '' };
const arrivals = () => new Promise((resolve) => setImmediate(resolve));

describe('a delivery', () => {
  let clock: ManualClock;
  let errors: SluiceError[];
  beforeEach(() => {
    clock = new ManualClock();
    errors = [];
  });

  /** A stream of ten events, ten bytes each. */
  const setUp = async (options: StreamDeliveryOptions & { readonly later?: boolean } = {}) => {
    const log = await memoryLog().open('test', { epoch: 'e', retention: { events: 20 } });
    const stream = new EventStream(options.later === true ? readingLater(log) : log);
    const delivery = new StreamDelivery(stream, ENVELOPE, {
      clock,
      onError: (error) => errors.push(error),
      ...options,
    });
    const publish = (count: number) =>
      Promise.all(Array.from({ length: count }, () => stream.append(() => '"message"')));
    const client = (session: FakeSessionOptions = {}) => {
      const opened = fakeSession({ ...session, clock });
      return { ...opened, reader: delivery.reader(opened.session) };
    };
    await publish(10);
    return { delivery, publish, client };
  };

  it('has one reader for a session, whoever asks', async () => {
    const { delivery, client } = await setUp();
    const { session, reader } = client();
    expect(delivery.reader(session)).toBe(reader);
    expect(delivery.find(session)).toBe(reader);
  });

  it('looks at nobody for an announcement but at those who are live', async () => {
    const { publish, client } = await setUp();
    const [live, inactive, waiting, blocked, gone] = [
      client(),
      client(),
      client(),
      client({ socket: { kernelBytes: 0 } }),
      client(),
    ];
    for (const { reader } of [live, blocked, gone]) reader.start(null, 100);
    waiting.reader.start(null, 3);
    clock.turn();
    gone.session.closed();
    const looked = [live, inactive, waiting, blocked, gone].map(({ reader }) => {
      const { window } = reader;
      let looks = 0;
      Object.defineProperty(reader, 'window', { get: () => (looks++, window) });
      return () => looks > 0;
    });
    await publish(1);
    expect(looked.map((look) => look())).toEqual([true, false, false, false, false]);
  });

  it('waits for a page whatever the session asks for meanwhile, and sends what it then may get', async () => {
    const { client } = await setUp({ later: true });
    const { session, reader, socket } = client();
    reader.start(null, 100);
    clock.turn();
    expect(reader.phase).toBe('reading');
    reader.stop();
    reader.start(6, 2);
    expect(reader.phase).toBe('reading');
    socket.stall();
    session.send('reply');
    session.flush();
    socket.drain();
    session.drained();
    expect(reader.phase).toBe('reading');
    await arrivals();
    clock.turn();
    await arrivals();
    expect(socket.messages).toEqual(['reply', '"message"', '"message"']);
  });

  it('is waited for until the page has come and was sent, by whoever asks, whenever', async () => {
    const { client } = await setUp({ later: true });
    const { reader, socket } = client();
    expect(reader.pumped()).toBeUndefined();
    reader.start(null, 100);
    const early = reader.pumped();
    clock.turn();
    expect(reader.phase).toBe('reading');
    const late = reader.pumped();
    expect(late).toBeInstanceOf(Promise);
    for (const pumped of [early, late]) {
      await pumped;
      expect(socket.messages).toHaveLength(10);
    }
    expect(reader.pumped()).toBeUndefined();
  });

  it('writes nothing for a page that comes too late for the session', async () => {
    const { client } = await setUp({ later: true });
    const { reader, socket } = client();
    reader.start(null, 100);
    clock.turn();
    reader.stop();
    await arrivals();
    clock.turn();
    expect([reader.phase, socket.writes]).toEqual(['idle', 0]);
  });

  it('serves all who wait for a page, also where those before them need no other', async () => {
    const { client } = await setUp({ later: true, concurrentReads: 1 });
    // Each begins elsewhere, beyond what the pages before have: nobody finds another's page in memory.
    const readers = [8, 5, 2, null].map((last) => {
      const { reader } = client();
      reader.start(last, 100);
      return reader;
    });
    for (let turn = 0; turn < 10; turn++) {
      clock.turn();
      await arrivals();
    }
    expect(readers.map(({ phase }) => phase)).toEqual(['live', 'live', 'live', 'live']);
  });

  it.each(['stored', 'announced'])(
    'ends a session for which %s events are too much, and takes that for no fault',
    async (which) => {
      const { publish, client } = await setUp();
      const metrics = new MetricsRegistry();
      const { session, reader, socket } = client({ outboundBytes: 20, metrics });
      socket.stall();
      reader.start(which === 'stored' ? null : 9, 100);
      clock.turn();
      if (which === 'announced') await publish(10);
      clock.turn();
      expect([session.phase, reader.phase]).toEqual(['closed', 'ended']);
      expect(metrics.total(engineMetrics.sessionsClosed, { reason: 'slow' })).toBe(1);
      expect(errors).toEqual([]);
    },
  );

  it('takes it for no fault that events are gone', async () => {
    const { publish, client } = await setUp();
    const metrics = new MetricsRegistry();
    await publish(90);
    const { session, reader } = client({ metrics });
    reader.start(null, 100);
    clock.turn();
    session.closed();
    expect(metrics.total(engineMetrics.sessionsClosed, { reason: 'slow' })).toBe(1);
    expect(errors).toEqual([]);
  });
});
