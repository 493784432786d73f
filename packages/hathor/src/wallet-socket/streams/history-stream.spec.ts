/** What a history stream costs: the chain, the process and other streams. */
import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { HistoryVertex } from '../../index.js';
import { bareVertex, StreamBench } from '../../../test/support/stream-bench.js';

Logger.overrideLogger(false);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const idAt = (at: number): string => at.toString(16).padStart(64, '0');

/** A history that counts what is read of it, and whether it was closed. */
class CountedHistory {
  read = 0;
  closed = 0;

  constructor(
    private readonly length: number,
    private readonly onRead: () => void = () => undefined,
  ) {}

  *sync(): Generator<HistoryVertex> {
    try {
      while (this.read < this.length) {
        const vertex = bareVertex(idAt(this.read++));
        this.onRead();
        yield vertex;
      }
    } finally {
      this.closed++;
    }
  }

  async *async(): AsyncGenerator<HistoryVertex> {
    for (const vertex of this.sync()) yield await Promise.resolve(vertex);
  }
}

const open = { first: true, last: true };

describe('a history stream', () => {
  it('streams 200 000 vertices in flat memory', () => {
    const total = 200_000;
    const heap: number[] = [];
    let sent = 0;
    let lead = 0;
    let largestBacklog = 0;
    const history = new CountedHistory(total, () => {
      largestBacklog = Math.max(largestBacklog, bench.session.backlog);
      sent += bench.socket.take().length;
      lead = Math.max(lead, history.read - sent);
      if (history.read % 50_000 === 0) heap.push(heapUsed());
    });
    const bench = new StreamBench(() => history.sync());
    bench.manual([0], open);
    const before = heapUsed();
    bench.clock.turn();
    expect(history.read).toBe(total);
    expect(sent + bench.socket.take().length).toBe(total + 3);
    // What one turn makes is written before the next: nothing runs ahead of the client.
    expect(lead).toBeLessThanOrEqual(257);
    expect(largestBacklog).toBeLessThan(128 * 1024);
    // All vertices together have more than 50 MB; what is measured is one turn and noise.
    for (const used of heap) expect(used - before).toBeLessThan(8 * 1024 * 1024);
  });

  it.each(['sync', 'async'] as const)(
    'reads nothing that may not be sent yet: %s',
    async (kind) => {
      const history = new CountedHistory(100);
      const bench = new StreamBench(() => history[kind]());
      bench.manual([0], { ...open, 'window-size': 4 });
      await bench.settle();
      expect(bench.take()).toHaveLength(4);
      expect(history.read).toBe(2);
      bench.streams.ack(bench.session, { id: 's', ack: 0 });
      await bench.settle();
      expect(history.read).toBe(3);
    },
  );

  it('reads nothing while the socket is full, and goes on when it has room', async () => {
    const history = new CountedHistory(1000);
    const bench = new StreamBench(() => history.sync());
    bench.socket.stall();
    bench.manual([0], open);
    await bench.settle();
    expect(history.read).toBeLessThanOrEqual(256);
    bench.socket.drain();
    bench.session.drained();
    await bench.settle();
    expect(history.read).toBe(1000);
    expect(bench.take()).toHaveLength(1003);
  });

  it('lets a short stream end while a long one runs', () => {
    const reads: string[] = [];
    const histories = [
      new CountedHistory(10_000, () => reads.push('long')).sync(),
      new CountedHistory(300, () => reads.push('short')).sync(),
    ];
    const bench = new StreamBench(() => histories.shift() ?? []);
    bench.manual([0], open);
    bench.manual([0], open, bench.connect().session);
    bench.clock.turn();
    expect(reads).toHaveLength(10_300);
    expect(reads.lastIndexOf('short')).toBeLessThan(1000);
  });

  it.each<[string, (bench: StreamBench) => void]>([
    ['it is stopped', ({ streams, session }) => streams.stop(session, { id: 's' })],
    [
      'streaming is disabled',
      ({ streams }) => {
        streams.disable();
      },
    ],
    [
      'the connection is gone',
      ({ session }) => {
        session.closed();
      },
    ],
    [
      'an ack is out of bounds',
      ({ streams, session }) => streams.ack(session, { id: 's', ack: 99 }),
    ],
  ])('closes what it has opened on the chain when %s', async (_, end) => {
    for (const kind of ['sync', 'async'] as const) {
      const history = new CountedHistory(100);
      const bench = new StreamBench(() => history[kind]());
      bench.manual([0], { ...open, 'window-size': 4 });
      await bench.settle();
      expect(history.closed).toBe(0);
      end(bench);
      await bench.settle();
      expect(history.closed).toBe(1);
      expect(bench.clock.pending).toBe(0);
    }
  });

  it('closes it also when it ends while the chain is being asked', async () => {
    const history = new CountedHistory(100);
    const bench = new StreamBench(() => history.async());
    bench.manual([0], open);
    bench.clock.turn();
    bench.streams.disable();
    await bench.settle();
    expect(history.closed).toBe(1);
    expect(history.read).toBe(1);
  });

  it.each(['at once', 'later'])('ends the connection when the chain fails %s', async (when) => {
    const bench = new StreamBench(() => {
      if (when === 'at once') throw new Error('disk');
      return FAILING;
    });
    bench.manual([0], open);
    await bench.settle();
    expect(bench.socket.closedWith).toEqual({ code: 1011, reason: undefined });
    expect(bench.streams.size).toBe(0);
    expect(bench.take().map(({ type }) => type)).not.toContain('stream:history:end');
  });
});

const FAILING: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('disk')) }),
};
