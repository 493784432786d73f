import { SluiceError } from '../errors.js';
import type { LogPage } from '../log/event-log.js';
import { CountersBy } from '../metrics/counters-by.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import { noMetrics } from '../metrics/metrics.js';
import type { Session } from '../session/session.js';
import type { Clock } from '../time/clock.js';
import { systemClock } from '../time/clock.js';
import type { EventStream } from './event-stream.js';
import { READER_FIGURES, reportReader } from './reader-figures.js';
import { SlidingWindow } from './sliding-window.js';
import type { StreamEnvelope } from './stream-envelope.js';
import { EventFramer, SharedFrames } from './stream-envelope.js';
import type { ReaderHost, ReaderPhase } from './stream-reader.js';
import { StreamReader } from './stream-reader.js';

/** Collaborators and sizes of a {@link StreamDelivery}. */
export interface StreamDeliveryOptions {
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  /** Bytes of events after which a page is full; default 64 KiB. */
  readonly pageBytes?: number;
  /** Pages served before other work gets its turn; default 16. */
  readonly pagesPerTurn?: number;
  /** Pages that may be on their way from a log that answers later; default 64. More readers wait for their turn. */
  readonly concurrentReads?: number;
  /** Hears of failures to read the log or to send what was read; must not throw itself. */
  readonly onError?: (error: SluiceError) => void;
}

/**
 * Brings a durable stream to its sessions without a queue per session.
 *
 * Each session has a cursor ({@link StreamReader}). At the head it is in the live set and gets what is announced; behind
 * the head it takes turns with the others, one page of stored events at a time. A reader joins the live set in the same
 * tick in which it is found to be at the head, and every delivery starts at the cursor, so nothing is missed or doubled
 * wherever the two meet.
 */
export class StreamDelivery implements ReaderHost {
  private readonly live = new Set<StreamReader>();
  private readonly queue = new Set<StreamReader>();
  private readonly readers = new Map<Session, StreamReader>();
  private readonly framer: EventFramer;
  private readonly clock: Clock;
  private readonly sent: CountersBy;
  private readonly pageBytes: number;
  private readonly pagesPerTurn: number;
  private readonly concurrentReads: number;
  private readonly onError: (error: SluiceError) => void;
  private readonly unsubscribe: () => void;
  private readonly endObservation: () => void;
  private turnIsDue = false;
  private readsUnderWay = 0;
  private stopped = false;

  constructor(
    private readonly stream: EventStream,
    envelope: StreamEnvelope,
    options: StreamDeliveryOptions = {},
  ) {
    this.framer = new EventFramer(envelope);
    this.clock = options.clock ?? systemClock;
    const { metrics = noMetrics } = options;
    this.sent = new CountersBy((endpoint) =>
      metrics.counter(engineMetrics.messagesSent, { endpoint, topic: stream.name }),
    );
    this.endObservation = metrics.observe(READER_FIGURES, (report) => {
      const { name, head } = stream;
      for (const reader of this.readers.values()) reportReader(reader, name, head, report);
    });
    this.pageBytes = options.pageBytes ?? 64 * 1024;
    this.pagesPerTurn = options.pagesPerTurn ?? 16;
    this.concurrentReads = options.concurrentReads ?? 64;
    this.onError = options.onError ?? (() => undefined);
    this.unsubscribe = stream.subscribe((from, events) => this.announce(from, events));
  }

  /** The session's reader, made inactive on first use. */
  reader(session: Session): StreamReader {
    const known = this.readers.get(session);
    if (known !== undefined) return known;
    const sent = this.sent.of(session.info.endpoint);
    const reader = new StreamReader(session, new SlidingWindow(), this, sent);
    this.readers.set(session, reader);
    session.onDrain(() => {
      if (reader.phase === 'blocked') this.place(reader);
    });
    session.onClose(() => {
      this.readers.delete(session);
      reader.enter('ended');
    });
    return reader;
  }

  /** How many readers are in each phase. */
  census(): Readonly<Record<ReaderPhase, number>> {
    const counts = { idle: 0, queued: 0, reading: 0, blocked: 0, live: 0, ended: 0 };
    for (const reader of this.readers.values()) counts[reader.phase]++;
    return counts;
  }

  /** Stops delivering, also to sessions that come later; sessions stay as they are. */
  stop(): void {
    this.stopped = true;
    this.unsubscribe();
    this.endObservation();
    for (const reader of this.readers.values()) reader.enter('ended');
    this.readers.clear();
  }

  /** @internal */
  wake(reader: StreamReader): void {
    // A page on its way is checked against the window when it arrives; a full socket wakes its reader by itself.
    if (reader.phase !== 'reading' && reader.phase !== 'ended') this.place(reader);
  }

  /** @internal */
  phaseChanged(reader: StreamReader, from: ReaderPhase, to: ReaderPhase): void {
    if (from === 'live') this.live.delete(reader);
    if (to === 'live') this.live.add(reader);
    if (from === 'queued') this.queue.delete(reader);
    if (to === 'queued') {
      this.queue.add(reader);
      this.scheduleTurn();
    }
  }

  /** Decides what a reader does next; the answer follows from window, socket and head alone. */
  private place(reader: StreamReader): void {
    const { window, session } = reader;
    if (reader.phase === 'ended' || this.stopped) return;
    if (window.credit === 0) reader.enter('idle');
    else if (!session.writable) reader.enter('blocked');
    else if (window.next > this.stream.head) reader.enter('live');
    else reader.enter('queued');
  }

  private announce(from: number, events: readonly Uint8Array[]): void {
    const shared = new SharedFrames(this.framer, from, events, this.stream.head, this.pageBytes);
    for (const reader of this.live) {
      // Started beyond the newest event: its first event is still to come.
      if (reader.window.next >= from + events.length) continue;
      try {
        this.offer(reader, from, shared);
      } catch (error) {
        this.giveUp(reader, error);
      }
    }
  }

  private offer(reader: StreamReader, from: number, shared: SharedFrames): void {
    const { next, credit } = reader.window;
    if (next >= from && reader.session.writable) {
      const { frames, count } = shared.take(next, credit);
      this.deliver(reader, frames, count);
    }
    this.place(reader);
  }

  private scheduleTurn(): void {
    if (this.turnIsDue) return;
    this.turnIsDue = true;
    this.clock.soon(() => {
      this.turnIsDue = false;
      this.takeTurn();
    });
  }

  private takeTurn(): void {
    let pages = 0;
    for (const reader of this.queue) {
      if (pages++ === this.pagesPerTurn) break;
      // The first page that arrives brings the next turn.
      if (this.readsUnderWay >= this.concurrentReads) return;
      this.serve(reader);
    }
    if (this.queue.size > 0) this.scheduleTurn();
  }

  private serve(reader: StreamReader): void {
    const { credit, next } = reader.window;
    if (credit === 0 || next > this.stream.head || !reader.session.writable) {
      this.place(reader);
      return;
    }
    try {
      const page = this.stream.read(next, { events: credit, bytes: this.pageBytes });
      if (page instanceof Promise) {
        reader.enter('reading');
        void this.awaitPage(reader, page);
      } else {
        this.arrive(reader, page);
      }
    } catch (error) {
      this.giveUp(reader, error);
    }
  }

  private async awaitPage(reader: StreamReader, page: Promise<LogPage>): Promise<void> {
    this.readsUnderWay++;
    try {
      this.arrive(reader, await page);
    } catch (error) {
      this.giveUp(reader, error);
    } finally {
      this.readsUnderWay--;
      if (this.queue.size > 0) this.scheduleTurn();
    }
  }

  private arrive(reader: StreamReader, page: LogPage): void {
    if (reader.phase === 'ended') return;
    const { window, session } = reader;
    // While the page was on its way, requests may have moved the cursor or narrowed the window.
    const events = page.from === window.next ? page.events.slice(0, window.credit) : [];
    if (events.length > 0) {
      this.deliver(reader, this.framer.frames(events, this.stream.head), events.length);
      session.flush();
    }
    if (session.phase !== 'open') return;
    reader.enter('idle');
    this.place(reader);
  }

  private deliver(reader: StreamReader, frames: Buffer, count: number): void {
    reader.window.advance(count);
    reader.sent.add(count);
    reader.session.write(frames, count);
  }

  /** Events that are gone cannot be sent, and skipping them would be a silent gap: the session ends. */
  private giveUp(reader: StreamReader, error: unknown): void {
    const fault = SluiceError.from(error);
    if (fault.code !== 'LIMIT') this.onError(fault);
    if (reader.phase === 'ended') return;
    if (fault.code !== 'LIMIT') reader.session.endsFor('fault');
    reader.session.evict(
      fault.code === 'LIMIT' ? 'events no longer stored' : 'event delivery failed',
    );
  }
}
