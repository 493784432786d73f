/** A client of Hathor's event socket: it resumes where it was, and must get every event once, whatever it does. */
import { LoadClient } from '../../load/load-client.js';
import { monotonicMicros } from '../../processes/monotonic.js';
import { hathorEvents } from '../endpoints/hathor-events.endpoint.js';
import { EventLedger } from '../ledger/event-ledger.js';
import type { Fault } from '../ledger/fault.js';
import type { Publication } from '../ledger/publication.js';
import type { StoredEvents } from '../ledger/stored-events.js';
import type { Random } from '../run/seeded-random.js';
import { leave } from './leave.js';
import { pause, untilAborted } from './pause.js';
import {
  lossOf,
  type ClientCounts,
  type ClientName,
  type SoakClient,
  type SoakContext,
  type SoakPhases,
} from './soak-client.js';

/** Events in flight of a client that reads all the time. */
const WIDE_WINDOW = 500;
/** A slow client asks for so few that it is always behind while it rests. */
const NARROW_WINDOW = 20;
const REST_MS = 2000;
const STALL_MS = 5000;
const STAY_MS = 5000;
const AWAY_MS = 2000;
/** How often whoever comes back asks for events again that it has had. */
const REPEATED_SHARE = 0.3;
const MOST_REPEATED = 50;

export interface EventClientOptions {
  readonly name: ClientName;
  readonly context: SoakContext;
  readonly random: Random;
  readonly stored: StoredEvents;
  /** Newest id of the stream; asked when nothing is published any more. */
  readonly head: () => number;
  /** What is known of the publication of a vertex. */
  readonly publicationOf: (hash: string) => Publication | undefined;
}

export class EventClient implements SoakClient {
  readonly name: ClientName;
  readonly counts: ClientCounts = { connections: 0, messages: 0, ended: 0 };
  private readonly ledger: EventLedger;
  private socket: LoadClient | undefined;
  private openedAt = 0;
  /** What the client will ask for next. */
  private wantedWindow = WIDE_WINDOW;
  /** Events that may still come before an acknowledgement. */
  private inWindow = 0;
  /** When vertices came, until their publication is known. */
  private arrivals = new Map<string, number>();

  constructor(private readonly options: EventClientOptions) {
    this.name = options.name;
    this.ledger = new EventLedger(options.stored);
  }

  async run({ calm, over }: SoakPhases): Promise<void> {
    while (!over.aborted) {
      const socket = await this.connect();
      if (socket !== undefined) {
        const end = await Promise.race([lossOf(socket), this.behave(socket, calm, over)]);
        this.socket = undefined;
        if (end === 'lost') this.lost();
        leave(socket, this.options.random);
      }
      await pause(this.options.random() * AWAY_MS, calm);
    }
  }

  settle(): void {
    const { context, publicationOf } = this.options;
    for (const [hash, receivedAt] of this.arrivals) {
      const publication = publicationOf(hash);
      // What was there before is sent for the asking, not when it is published.
      if (publication !== undefined && publication.at > this.openedAt)
        context.delivered(this.name, publication, receivedAt);
    }
    this.arrivals = new Map();
  }

  missing(): Fault | undefined {
    return this.ledger.missing(this.options.head());
  }

  private async connect(): Promise<LoadClient | undefined> {
    const { context, random } = this.options;
    try {
      const socket = await LoadClient.open(hathorEvents.url(context.urls));
      socket.onMessage = (bytes, start, end) => {
        this.receive(socket, bytes.toString('utf8', start, end));
      };
      this.socket = socket;
      this.openedAt = monotonicMicros();
      this.counts.connections++;
      this.inWindow = this.wantedWindow;
      if (random() < REPEATED_SHARE && this.ledger.last !== undefined) {
        this.ledger.resumeAfter(
          Math.max(0, this.ledger.last - Math.floor(random() * MOST_REPEATED)),
        );
      }
      const last = this.ledger.last;
      this.send({
        type: 'START_STREAM',
        window_size: this.wantedWindow,
        ...(last !== undefined && { last_ack_event_id: last }),
      });
      return socket;
    } catch (error) {
      this.accuse({ kind: 'ended', expected: 'a connection', got: (error as Error).message });
      return undefined;
    }
  }

  private async behave(socket: LoadClient, calm: AbortSignal, over: AbortSignal): Promise<void> {
    const { random } = this.options;
    switch (this.name.behaviour) {
      case 'slow':
        this.wantedWindow = NARROW_WINDOW;
        while (!calm.aborted) {
          socket.stall();
          await pause(random() * STALL_MS, calm);
          socket.resume();
          await pause(random() * REST_MS, calm);
        }
        this.wantedWindow = WIDE_WINDOW;
        break;
      case 'flapping':
        await pause(random() * STAY_MS, calm);
        if (!calm.aborted) return;
    }
    await untilAborted(over);
  }

  private receive(socket: LoadClient, text: string): void {
    this.counts.messages++;
    const start = text.indexOf('"event":') + 8;
    const end = text.lastIndexOf(',"latest_event_id":');
    const event = text.slice(start, end);
    const id = Number(/^\{"id":(\d+),/.exec(event)?.[1]);
    if (!text.startsWith('{"type":"EVENT",') || Number.isNaN(id)) {
      this.accuse({ kind: 'never published', expected: 'an event', got: text.slice(0, 300) });
      return;
    }
    const fault = this.ledger.receive(id, event);
    if (fault !== undefined) this.accuse(fault);
    if (this.name.behaviour === 'fast') this.note(event, socket.receivedAt);
    // An acknowledgement takes the stream back to where it is: with events on their way they would come twice.
    if (--this.inWindow === 0) this.acknowledge();
  }

  /** Every other event tells of a vertex that was published before. */
  private note(event: string, receivedAt: number): void {
    const hash = /"type":"NEW_VERTEX_ACCEPTED",.*?"hash":"([0-9a-f]{64})"/.exec(event)?.[1];
    if (hash !== undefined) this.arrivals.set(hash, receivedAt);
  }

  private acknowledge(): void {
    this.inWindow = this.wantedWindow;
    this.send({ type: 'ACK', ack_event_id: this.ledger.last, window_size: this.inWindow });
  }

  private send(message: object): void {
    this.socket?.send(JSON.stringify(message));
  }

  private lost(): void {
    this.counts.ended++;
    if (this.name.behaviour !== 'slow') {
      this.accuse({ kind: 'ended', expected: 'to stay', got: 'the server ended it' });
    }
  }

  private accuse(fault: Fault): void {
    this.options.context.accuse(this.name, fault);
  }
}
