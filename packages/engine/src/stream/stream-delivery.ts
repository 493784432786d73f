import { SluiceError } from '../errors.js';
import type { LogPage } from '../log/event-log.js';
import { CountersBy } from '../metrics/counters-by.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import { noMetrics } from '../metrics/metrics.js';
import type { Session } from '../session/session.js';
import type { Clock } from '../time/clock.js';
import { systemClock } from '../time/clock.js';
import { READER_FIGURES, reportReader } from './reader-figures.js';
import { SlidingWindow } from './sliding-window.js';
import { EventFramer } from './event-framer.js';
import { RecentPages } from './recent-pages.js';
import type { StoredStream } from './stored-stream.js';
import { joinAudience, type StreamAudience } from './stream-audience.js';
import type { StreamEnvelope } from './stream-envelope.js';
import { StreamPage } from './stream-page.js';
import type { ReaderHost, ReaderPhase } from './stream-reader.js';
import { StreamReader } from './stream-reader.js';

/** Collaborators and sizes of a {@link StreamDelivery}. */
export interface StreamDeliveryOptions {
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  /** Bytes of events after which a page is full; default 64 KiB. */
  readonly pageBytes?: number;
  /**
   * Most bytes of memory that events take which stay after they were read, for other readers in the same range, and the
   * messages made of them; default 4 MiB. From 6 MiB on they outlive the collections of young memory, and a single
   * reader costs three times as much.
   */
  readonly sharedBytes?: number;
  /** Pages served before other work gets its turn; default 16. */
  readonly pagesPerTurn?: number;
  /** Pages that may be on their way from a log that answers later; default 64. More readers wait for their turn. */
  readonly concurrentReads?: number;
  /** Hears of failures to read the log or to send what was read; must not throw itself. */
  readonly onError?: (error: SluiceError) => void;
}

/** Most events of a page, however small they are. */
const PAGE_EVENTS = 1000;

/**
 * Brings a durable stream to its sessions without a queue per session.
 *
 * Each session has a cursor ({@link StreamReader}). At the head it is in the live set and gets what is announced; behind
 * the head it takes turns with the others, one page of stored events at a time. A reader joins the live set in the same
 * tick in which it is found to be at the head, and every delivery starts at the cursor, so nothing is missed or doubled
 * wherever the two meet.
 */
export class StreamDelivery implements ReaderHost, StreamAudience {
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
  private readonly recent: RecentPages;
  /** Pages on their way, by the id of their first event. */
  private readonly coming = new Map<number, Promise<StreamPage>>();
  private readonly unsubscribe: () => void;
  private readonly endObservation: () => void;
  private readonly leaveAudience: () => void;
  private turnIsDue = false;
  private stopped = false;

  constructor(
    private readonly stream: StoredStream,
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
    this.recent = new RecentPages(options.sharedBytes ?? 4 * 1024 * 1024);
    this.pagesPerTurn = options.pagesPerTurn ?? 16;
    this.concurrentReads = options.concurrentReads ?? 64;
    this.onError = options.onError ?? (() => undefined);
    this.unsubscribe = stream.subscribe((from, events) => this.announce(from, events));
    this.leaveAudience = joinAudience(stream, this);
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

  /** The session's reader, if it has one. */
  find(session: Session): StreamReader | undefined {
    return this.readers.get(session);
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
    this.leaveAudience();
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
    const page = new StreamPage(from, this.pageOf(events), this.framer);
    for (const reader of this.live) {
      // Started beyond the newest event: its first event is still to come.
      if (reader.window.next >= from + events.length) continue;
      try {
        if (reader.session.writable) this.deliver(reader, page);
        this.place(reader);
      } catch (error) {
        this.giveUp(reader, error);
      }
    }
  }

  /** What a reader is given of an announcement; the rest it reads from the log. */
  private pageOf(events: readonly Uint8Array[]): readonly Uint8Array[] {
    let bytes = 0;
    const end = events.findIndex((event) => (bytes += event.length) >= this.pageBytes);
    return end < 0 ? events : events.slice(0, end + 1);
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
      if (this.coming.size >= this.concurrentReads) return;
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
      const page = this.recall(next) ?? this.read(next);
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

  /** A page in memory. What retention has removed is gone, also if it happens to be still there. */
  private recall(id: number): StreamPage | undefined {
    return id < this.stream.first ? undefined : this.recent.holding(id);
  }

  /** Reads a whole page, however few events the reader may get now: it will come for the others, and so may others. */
  private read(from: number): StreamPage | Promise<StreamPage> {
    const coming = this.coming.get(from);
    if (coming !== undefined) return coming;
    const page = this.stream.read(from, { events: PAGE_EVENTS, bytes: this.pageBytes });
    if (!(page instanceof Promise)) return this.keep(page);
    const kept = page
      .then((read) => this.keep(read))
      .finally(() => {
        this.coming.delete(from);
      });
    this.coming.set(from, kept);
    return kept;
  }

  private keep({ from, events }: LogPage): StreamPage {
    const page = new StreamPage(from, events, this.framer);
    this.recent.add(page);
    return page;
  }

  private async awaitPage(reader: StreamReader, page: Promise<StreamPage>): Promise<void> {
    try {
      this.arrive(reader, await page);
    } catch (error) {
      this.giveUp(reader, error);
    }
    if (this.queue.size > 0) this.scheduleTurn();
  }

  private arrive(reader: StreamReader, page: StreamPage): void {
    if (reader.phase === 'ended') return;
    this.deliver(reader, page);
    reader.session.flush();
    if (reader.session.phase !== 'open') return;
    reader.enter('idle');
    this.place(reader);
  }

  /** While the page was on its way, requests may have moved the cursor or narrowed the window. */
  private deliver(reader: StreamReader, page: StreamPage): void {
    const { next, credit } = reader.window;
    const count = Math.min(credit, page.end - next);
    if (!page.holds(next) || count === 0) return;
    const frames = page.frames(next, count, this.stream.head);
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
