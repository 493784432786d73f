import { SluiceError } from '../errors.js';
import type {
  EventLog,
  LogEntry,
  LogMark,
  LogMarks,
  LogPage,
  PageLimits,
} from '../log/event-log.js';
import type { MetricReport, Metrics } from '../metrics/metrics.js';
import { noMetrics } from '../metrics/metrics.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Clock } from '../time/clock.js';
import { systemClock } from '../time/clock.js';
import type { StoredStream } from './stored-stream.js';
import { StreamCounters } from './stream-counters.js';

/** The event's text once its id is known. Everything else is encoded before, when the event is published. */
export type EncodedEvent = (id: number) => string;

/** Hears of stored events, in order: `events[0]` has the id `from`. */
export type StreamListener = (from: number, events: readonly Uint8Array[]) => void;

/** Hears that a stream ends here, although its log may go on elsewhere. */
export type LossListener = (error: SluiceError) => void;

/** Limits and collaborators of an {@link EventStream}. */
export interface EventStreamOptions {
  readonly metrics?: Metrics;
  readonly clock?: Clock;
  /** Most events that may wait to be stored; default 100 000. Above it, `append` is refused with `LIMIT`. */
  readonly pendingEvents?: number;
  /** Hears of what listeners throw; must not throw itself. Default: it is only counted (`faults`). */
  readonly onError?: (error: unknown) => void;
}

interface PendingEvent {
  readonly encoded: EncodedEvent;
  readonly marks: LogMarks | undefined;
  readonly stored: (id: number) => void;
  readonly failed: (error: Error) => void;
}

const FIGURES = [
  engineMetrics.streamWritable,
  engineMetrics.pendingEvents,
  engineMetrics.storedEvents,
  engineMetrics.headEvent,
] as const;

/**
 * The one writer of a stream: gives ids, appends in batches, announces what is stored.
 *
 * While a batch is being stored the next one gathers, so a slow disk makes batches larger instead of a queue longer.
 * What is appended in one turn of the event loop is stored whole or not at all.
 * If the log refuses a batch the stream has failed: an event that was published is missing, so everything that waits is
 * refused as well, until the application is started again.
 */
export class EventStream implements StoredStream {
  private readonly listeners = new Set<StreamListener>();
  private readonly pending: PendingEvent[] = [];
  private readonly clock: Clock;
  private readonly counters: StreamCounters;
  private readonly endObservation: () => void;
  private readonly endWatch: () => void;
  private readonly pendingEvents: number;
  private readonly onError: (error: unknown) => void;
  private writing: Promise<void> | undefined;
  private storing = 0;
  private failure: SluiceError | undefined;
  private loss: SluiceError | undefined;
  private readonly lossListeners = new Set<LossListener>();

  constructor(
    private readonly log: EventLog,
    options: EventStreamOptions = {},
  ) {
    this.pendingEvents = options.pendingEvents ?? 100_000;
    this.onError = options.onError ?? (() => undefined);
    this.clock = options.clock ?? systemClock;
    const { metrics = noMetrics } = options;
    this.counters = new StreamCounters(metrics, log.stream);
    this.endObservation = metrics.observe(FIGURES, (report) => {
      this.report(report);
    });
    this.endWatch = log.onLost?.((error) => this.lose(error)) ?? (() => undefined);
  }

  /** Name of the stream in the log. */
  get name(): string {
    return this.log.stream;
  }

  /** Identity of the numbering. */
  get epoch(): string {
    return this.log.epoch;
  }

  /** Id of the oldest stored event. */
  get first(): number {
    return this.log.first;
  }

  /** Id of the newest stored event; one less than {@link first} if there is none. */
  get head(): number {
    return this.log.head;
  }

  /** Small values stored with the events. */
  get marks(): LogMarks {
    return this.log.marks;
  }

  /** Why the stream takes no more events; undefined while it does. */
  get failed(): SluiceError | undefined {
    return this.failure;
  }

  /** Why the log has given the stream up; see {@link onLost}. */
  get lost(): SluiceError | undefined {
    return this.loss;
  }

  /** Why {@link append} would refuse an event now; undefined if it would take it. */
  get refusal(): SluiceError | undefined {
    if (this.failure !== undefined || this.pending.length < this.pendingEvents) return this.failure;
    return new SluiceError('LIMIT', `${this.pendingEvents} events wait to be stored already`, {
      details: { limit: 'pendingEvents', value: this.pendingEvents },
    });
  }

  /** See {@link EventLog.read}. */
  read(from: number, limits: PageLimits): LogPage | Promise<LogPage> {
    return this.log.read(from, limits);
  }

  /** Calls `listener` with everything stored from now on. @returns a function that ends this. */
  subscribe(listener: StreamListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Calls `listener` when the log has given the stream up, with or without an append: another process writes it now, or may, so
   * that what can be read here is no longer all there is. At once if that is so already. @returns a function that ends this.
   */
  onLost(listener: LossListener): () => void {
    if (this.loss !== undefined) listener(this.loss);
    this.lossListeners.add(listener);
    return () => this.lossListeners.delete(listener);
  }

  /**
   * Appends an event.
   *
   * @param marks stored in the same transaction.
   * @returns the event's id, once it is stored and announced.
   * @throws SluiceError `LIMIT` if too many events wait, `STATE` if the stream has failed.
   */
  append(encoded: EncodedEvent, marks?: LogMarks): Promise<number> {
    const { refusal } = this;
    if (refusal !== undefined) return Promise.reject(refusal);
    return new Promise((stored, failed) => {
      this.pending.push({ encoded, marks, stored, failed });
      this.writing ??= this.write();
    });
  }

  /** Resolves when nothing waits to be stored. */
  async settled(): Promise<void> {
    await this.writing;
  }

  /** Resolves when nothing waits to be stored. To be called before the log is closed: ends the figures of the stream. */
  async stop(): Promise<void> {
    await this.settled();
    this.endWatch();
    this.endObservation();
  }

  private report(report: MetricReport): void {
    const labels = { stream: this.log.stream };
    report.gauge(engineMetrics.streamWritable, labels, this.failure === undefined ? 1 : 0);
    report.gauge(engineMetrics.pendingEvents, labels, this.pending.length + this.storing);
    report.gauge(engineMetrics.storedEvents, labels, this.head + 1 - this.first);
    report.gauge(engineMetrics.headEvent, labels, this.head);
  }

  private async write(): Promise<void> {
    // Lets everything that is published in this turn share the first batch.
    await Promise.resolve();
    while (this.pending.length > 0) {
      const batch = this.pending.splice(0);
      this.storing = batch.length;
      try {
        await this.store(batch);
      } catch (error) {
        this.counters.failures.add();
        this.fail(error, batch);
      } finally {
        this.storing = 0;
      }
    }
    this.writing = undefined;
  }

  private async store(batch: readonly PendingEvent[]): Promise<void> {
    const from = this.log.head + 1;
    const entries: LogEntry[] = batch.map((event, index) => ({
      id: from + index,
      bytes: Buffer.from(event.encoded(from + index)),
    }));
    const marks: Record<string, LogMark> = {};
    for (const event of batch) Object.assign(marks, event.marks);
    const startedAt = this.clock.monotonic();
    await this.log.append(entries, marks);
    this.counters.appendSeconds.observe((this.clock.monotonic() - startedAt) / 1000);
    this.counters.appended.add(batch.length);
    this.storing = 0;
    const events = entries.map((entry) => entry.bytes);
    for (const listener of this.listeners) this.call(() => listener(from, events));
    batch.forEach((event, index) => event.stored(from + index));
  }

  /** What is stored is stored: a listener that throws fails neither the append nor the other listeners. */
  private call(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.counters.faults.add();
      this.onError(error);
    }
  }

  private fail(cause: unknown, batch: readonly PendingEvent[] = []): SluiceError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.failure ??= new SluiceError('STATE', `The event stream has stopped: ${reason}`, { cause });
    for (const event of [...batch, ...this.pending.splice(0)]) event.failed(this.failure);
    return this.failure;
  }

  private lose(error: SluiceError): void {
    const loss = this.fail(error);
    this.loss = loss;
    for (const listener of this.lossListeners) this.call(() => listener(loss));
  }
}
