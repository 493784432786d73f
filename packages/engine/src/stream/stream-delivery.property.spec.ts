import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { messagesIn } from '../frames/text-frame.js';
import type { EventLog, LogPage } from '../log/event-log.js';
import { memoryLog } from '../log/memory-log.js';
import { fakeSession, ManualClock } from '../testing/index.js';
import { EventStream } from './event-stream.js';
import { StreamDelivery } from './stream-delivery.js';

type Step =
  | { readonly kind: 'publish'; readonly count: number }
  | { readonly kind: 'start'; readonly last: number | null; readonly size: number }
  | { readonly kind: 'ack'; readonly back: number; readonly size: number }
  | { readonly kind: 'stop' | 'stall' | 'drain' | 'turn' | 'settle' | 'reconnect' };

const kind = <K extends string>(name: K) => fc.constant(name);
const size = fc.oneof(fc.nat(5), fc.integer({ min: 5, max: 60 }));

/** Weighted so that readers spend most of their time with something to do. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: kind('publish'), count: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: kind('start'), last: fc.option(fc.nat(30)), size }),
  },
  { weight: 5, arbitrary: fc.record({ kind: kind('ack'), back: fc.nat(6), size }) },
  { weight: 5, arbitrary: fc.record({ kind: kind('turn') }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('settle') }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('drain') }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('stop', 'stall', 'reconnect') }),
  },
);

/** The log of a store across a network: pages arrive later. */
function remote(log: EventLog): EventLog {
  return new Proxy(log, {
    get(target, name) {
      if (name !== 'read') {
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return async (...args: Parameters<EventLog['read']>): Promise<LogPage> => {
        await Promise.resolve();
        return target.read(...args);
      };
    },
  });
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** One client of the stream, and what the window rules say it must get. */
class Observed {
  readonly sent: number[] = [];
  private readonly fake;
  readonly reader;
  /** Where the next event must be, as the rules of contract 2.5 have it. */
  private expected = 0;
  /** The last event the window allows. */
  private allowed = -1;

  constructor(
    delivery: StreamDelivery,
    clock: ManualClock,
    private readonly outboundBytes = 16_000,
  ) {
    this.fake = fakeSession({ clock, socket: { kernelBytes: 64 }, outboundBytes });
    this.fake.socket.drain();
    this.reader = delivery.reader(this.fake.session);
    const { session } = this.fake;
    const write = session.write.bind(session);
    session.write = (frames) => {
      for (const { payload } of messagesIn(frames)) this.check(payload.toString());
      write(frames);
    };
  }

  private check(text: string): void {
    const { event, latest } = JSON.parse(text) as { event: { id: number }; latest: number };
    expect(event.id).toBe(this.expected++);
    expect(event.id).toBeLessThanOrEqual(this.allowed);
    expect(latest).toBeGreaterThanOrEqual(event.id);
    this.sent.push(event.id);
  }

  apply(step: Step): void {
    const { reader } = this;
    if (step.kind === 'start' && reader.start(step.last, step.size) === undefined) {
      this.expected = (step.last ?? -1) + 1;
      this.allowed = (step.last ?? -1) + step.size;
    } else if (step.kind === 'ack') {
      const id = Math.max(0, this.expected - 1 - step.back);
      if (reader.ack(id, step.size) !== undefined) return;
      this.expected = id + 1;
      this.allowed = id + step.size;
    } else if (step.kind === 'stop') reader.stop();
    else if (step.kind === 'stall') this.fake.socket.stall();
    else if (step.kind === 'drain') this.drain();
  }

  drain(): void {
    this.fake.socket.drain();
    this.fake.session.drained();
  }

  close(): void {
    this.fake.session.closed();
  }

  verifyHeld(): void {
    expect(this.fake.session.backlog).toBeLessThanOrEqual(this.outboundBytes);
  }

  /** With all work done: everything the window allows has reached the client, in order, and nothing else. */
  verifyComplete(head: number): void {
    const ids = (this.fake.socket.json() as { event: { id: number } }[]).map(
      ({ event }) => event.id,
    );
    expect(ids).toEqual(this.sent);
    const { active, acked, sent, size } = this.reader.window.current;
    if (!active) return;
    const start = Number(acked ?? -1);
    expect(Number(sent ?? -1)).toBe(Math.max(start, Math.min(head, start + size)));
  }
}

async function play(steps: readonly Step[], slow: boolean): Promise<void> {
  const clock = new ManualClock();
  const log = await memoryLog().open('test', { epoch: 'e' });
  const stream = new EventStream(slow ? remote(log) : log);
  let encodings = 0;
  const delivery = new StreamDelivery(
    stream,
    { before: '{"event":', after: (latest) => `,"latest":${latest}}` },
    { clock, pageBytes: 60, pagesPerTurn: 2 },
  );
  let observed = new Observed(delivery, clock);
  let published = 0;
  for (const next of steps) {
    if (next.kind === 'publish') {
      for (let count = 0; count < next.count; count++) {
        published++;
        void stream.append((id) => `{"id":${id},"n":${encodings++}}`);
      }
    } else if (next.kind === 'reconnect') {
      observed.close();
      observed = new Observed(delivery, clock);
    } else if (next.kind === 'turn') clock.turn();
    else if (next.kind === 'settle') await settle();
    else observed.apply(next);
    observed.verifyHeld();
  }
  await stream.settled();
  observed.drain();
  // A page that arrives late asks for another turn; each round brings at least one page or ends the work.
  for (let round = 0; round < 60; round++) {
    clock.turn();
    await settle();
  }
  expect(encodings).toBe(published);
  expect(stream.head).toBe(published - 1);
  observed.verifyComplete(stream.head);
}

describe('StreamDelivery under any interleaving of publish, start, ack, stop, stall and disconnect', () => {
  it.each([
    ['that reads at once', false],
    ['that reads later', true],
  ])(
    'misses and doubles nothing beyond what the window rules say, over a log %s',
    async (_, slow) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), (steps) =>
          play(steps, slow),
        ),
        { numRuns: 200 },
      );
    },
  );
});
