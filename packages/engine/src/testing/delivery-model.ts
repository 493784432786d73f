/** Clients of a stream under any interleaving of what can happen to them, against the window rules of contract 2.5. */
import { deepEqual, equal, ifError, ok } from 'node:assert/strict';
import type { Arbitrary } from 'fast-check';
import { messagesIn } from '../frames/text-frame.js';
import type { EventLog } from '../log/event-log.js';
import { EventStream } from '../stream/event-stream.js';
import type { StoredStream } from '../stream/stored-stream.js';
import { StreamDelivery } from '../stream/stream-delivery.js';
import type { StreamReader } from '../stream/stream-reader.js';
import { fakeSession, type FakeSession } from './fake-session.js';
import { ManualClock } from './manual-clock.js';

/** Something that happens to one of the clients, or to all. */
export type DeliveryStep =
  | { readonly kind: 'publish'; readonly count: number }
  | {
      readonly kind: 'start';
      readonly client: number;
      readonly last: number | null;
      readonly size: number;
    }
  | {
      readonly kind: 'ack' | 'resume';
      readonly client: number;
      readonly back: number;
      readonly size: number;
    }
  | { readonly kind: 'stop' | 'stall' | 'drain'; readonly client: number }
  | { readonly kind: 'turn' }
  | { readonly kind: 'settle' };

const CLIENTS = 3;
const OUTBOUND_BYTES = 16_000;

/** Steps, weighted so that readers spend most of their time with something to do. Needs the package `fast-check`. */
export async function deliverySteps(): Promise<Arbitrary<DeliveryStep[]>> {
  const { array, constant, constantFrom, integer, nat, oneof, option, record } =
    await import('fast-check');
  const size = oneof(nat(5), integer({ min: 5, max: 60 }));
  const client = nat(CLIENTS - 1);
  const publish = record({
    kind: constant('publish' as const),
    count: integer({ min: 1, max: 40 }),
  });
  const start = record({ kind: constant('start' as const), client, last: option(nat(30)), size });
  const ack = record({ kind: constant('ack' as const), client, back: nat(6), size });
  const resume = record({ kind: constant('resume' as const), client, back: nat(6), size });
  const other = record({ kind: constantFrom('stop' as const, 'stall' as const), client });
  const drain = record({ kind: constant('drain' as const), client });
  const turn = record({ kind: constant('turn' as const) });
  const settle = record({ kind: constant('settle' as const) });
  const step: Arbitrary<DeliveryStep> = oneof(
    { weight: 4, arbitrary: publish },
    { weight: 4, arbitrary: start },
    { weight: 7, arbitrary: ack },
    { weight: 5, arbitrary: turn },
    { weight: 4, arbitrary: settle },
    { weight: 3, arbitrary: drain },
    { weight: 2, arbitrary: other },
    { weight: 2, arbitrary: resume },
  );
  return array(step, { minLength: 10, maxLength: 80, size: 'max' });
}

/**
 * Plays the steps over a log that has no events yet.
 *
 * @param reading what clients are served from, if that is not where events are written.
 * @throws AssertionError if a client misses an event or gets one twice beyond what the window rules say, an event is
 * encoded twice, or more waits for a client than may.
 */
export async function playDelivery(
  log: EventLog,
  steps: readonly DeliveryStep[],
  reading?: StoredStream,
): Promise<void> {
  const clock = new ManualClock();
  // What a check throws on the way of an event must not end as a session that is closed.
  const errors: unknown[] = [];
  const onError = (error: unknown): unknown => errors.push(error);
  const stream = new EventStream(log, { onError });
  const served = reading ?? stream;
  const delivery = new StreamDelivery(
    served,
    { before: '{"event":', after: (latest) => `,"latest":${latest}}` },
    { clock, pageBytes: 60, pagesPerTurn: 2, onError },
  );
  const clients = Array.from({ length: CLIENTS }, () => new Client(delivery, clock));
  let published = 0;
  let encoded = 0;
  for (const step of steps) {
    if (step.kind === 'publish') {
      published += step.count;
      for (let count = 0; count < step.count; count++) {
        void stream.append((id) => `{"id":${id},"n":${encoded++}}`);
      }
    } else if (step.kind === 'turn') clock.turn();
    else if (step.kind === 'settle') await settled();
    else clients[step.client]?.apply(step);
    for (const client of clients) client.verifyHeld();
    ifError(errors[0]);
  }
  await stream.settled();
  while (served.head < stream.head) await settled();
  for (const client of clients) client.drain();
  // A page that arrives late asks for another turn.
  while (clock.pending > 0 || delivery.census().reading > 0) {
    clock.turn();
    await settled();
  }
  ifError(errors[0]);
  equal(encoded, published);
  equal(stream.head, published - 1);
  for (const client of clients) client.verifyComplete(stream.head);
  for (const client of clients) client.close();
  deepEqual(Object.values(delivery.census()), [0, 0, 0, 0, 0, 0]);
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One client, on one connection after the other, and what it must get. */
class Client {
  private connection!: FakeSession;
  private reader!: StreamReader;
  /** Ids sent on this connection. */
  private sent: number[] = [];
  /** Where the next event must be, as the rules have it. */
  private expected = 0;
  /** The last event the window allows. */
  private allowed = -1;

  constructor(
    private readonly delivery: StreamDelivery,
    private readonly clock: ManualClock,
  ) {
    this.connect();
  }

  apply(step: Exclude<DeliveryStep, { kind: 'publish' | 'turn' | 'settle' }>): void {
    switch (step.kind) {
      case 'start':
        this.start(step.last, step.size);
        break;
      case 'ack':
        this.ack(Math.max(0, this.expected - 1 - step.back), step.size);
        break;
      case 'resume': {
        // What was on its way is lost: the client goes on after the last event it is sure of.
        const last = this.expected - 1 - step.back;
        this.close();
        this.connect();
        this.start(last < 0 ? null : last, step.size);
        break;
      }
      case 'stop':
        this.reader.stop();
        break;
      case 'stall':
        this.connection.socket.stall();
        break;
      case 'drain':
        this.drain();
        break;
    }
  }

  drain(): void {
    this.connection.socket.drain();
    this.connection.session.drained();
  }

  close(): void {
    this.connection.session.closed();
  }

  verifyHeld(): void {
    ok(this.connection.session.backlog <= OUTBOUND_BYTES);
  }

  /** With all work done: everything the window allows has reached the client, in order, and nothing else. */
  verifyComplete(head: number): void {
    const messages = this.connection.socket.json() as { event: { id: number } }[];
    deepEqual(
      messages.map(({ event }) => event.id),
      this.sent,
    );
    const { active, acked, size } = this.reader.window.current;
    if (!active) return;
    const start = Number(acked ?? -1);
    equal(this.expected - 1, Math.max(start, Math.min(head, start + size)));
  }

  private connect(): void {
    this.sent = [];
    this.expected = 0;
    this.allowed = -1;
    this.connection = fakeSession({
      clock: this.clock,
      socket: { kernelBytes: 64 },
      outboundBytes: OUTBOUND_BYTES,
    });
    const { session, socket } = this.connection;
    socket.drain();
    this.reader = this.delivery.reader(session);
    const write = session.write.bind(session);
    session.write = (frames) => {
      for (const { payload } of messagesIn(frames)) this.check(payload.toString());
      write(frames);
    };
  }

  private start(last: number | null, size: number): void {
    if (this.reader.start(last, size) !== undefined) return;
    this.expected = (last ?? -1) + 1;
    this.allowed = (last ?? -1) + size;
  }

  private ack(id: number, size: number): void {
    if (this.reader.ack(id, size) !== undefined) return;
    this.expected = id + 1;
    this.allowed = id + size;
  }

  private check(text: string): void {
    const { event, latest } = JSON.parse(text) as { event: { id: number }; latest: number };
    equal(event.id, this.expected++);
    ok(event.id <= this.allowed, `event ${event.id} is beyond the window's end ${this.allowed}`);
    ok(latest >= event.id);
    this.sent.push(event.id);
  }
}
