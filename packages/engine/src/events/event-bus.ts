import { filter, Subject, type Observable } from 'rxjs';
import { Fifo } from '../fifo.js';
import { CountersBy } from '../metrics/counters-by.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Metrics } from '../metrics/metrics.js';
import { noMetrics } from '../metrics/metrics.js';
import type { Clock } from '../time/clock.js';
import { systemClock } from '../time/clock.js';
import type { FannedEvent, FanOutLoss } from '../nodes/fan-out.js';
import type { AnyChainEvent, ChainEvent, ChainEventMap, EventName } from './chain-event.js';
import type { EventTracing, PublicationTrace } from './event-tracing.js';

/** Facts a publisher may add to an event. */
export interface PublishOptions {
  /** When it happened, Unix milliseconds; default now. */
  readonly time?: number;
  readonly group?: number;
}

/**
 * Keeps events before anybody hears of them; takes them in call order.
 *
 * @returns a promise that resolves once the event is stored, or `undefined` if the recorder does not keep such events.
 * @throws to refuse the event; then nobody hears of it.
 */
export type EventRecorder = (event: ChainEvent) => Promise<unknown> | undefined;

interface Announcement {
  readonly event: ChainEvent;
  /** Default: it is not traced. */
  readonly trace?: PublicationTrace | undefined;
  state: 'waiting' | 'stored' | 'failed' | 'announced';
  /** Told of the announcement; set by whoever has to wait for it. */
  announced?: () => void;
}

/** Types are few and the application's own; where it lets others choose them, they must not fill its memory. */
const OTHER_TYPES = { most: 500, value: 'other' };

/** Collaborators of an {@link EventBus}. */
export interface EventBusOptions {
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  /** Default: none, and nothing is done for it. */
  readonly tracing?: EventTracing;
}

/**
 * Where an application publishes what happens on its chain.
 *
 * Append first, then announce: an event that a recorder keeps is announced once it is stored, and whatever was
 * published after it waits for it. Events nobody keeps are announced before `publish` returns, unless an earlier event
 * waits, or a listener publishes: what it publishes is announced after the event that it hears of. So every listener
 * sees the order of publication.
 */
export class EventBus<M extends ChainEventMap = ChainEventMap> {
  private readonly subject = new Subject<ChainEvent>();
  private readonly losses = new Subject<FanOutLoss>();
  private readonly recorders = new Set<EventRecorder>();
  private readonly waiting = new Fifo<Announcement>();
  private announcing = false;
  private readonly clock: Clock;
  private readonly tracing: EventTracing | undefined;
  private readonly published: CountersBy;
  private readonly refused: CountersBy;
  private readonly relayed: CountersBy;
  private nextId = 0;

  /** Every event, in order of publication. */
  readonly events$ = this.subject.asObservable() as Observable<AnyChainEvent<M>>;

  /** Told on a gateway, between the events before and after: some of the writer's never came. */
  readonly losses$ = this.losses.asObservable();

  constructor(options: EventBusOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.tracing = options.tracing;
    const { metrics = noMetrics } = options;
    const counters = (metric: typeof engineMetrics.eventsPublished): CountersBy =>
      new CountersBy((type) => metrics.counter(metric, { type }), OTHER_TYPES);
    this.published = counters(engineMetrics.eventsPublished);
    this.refused = counters(engineMetrics.eventsRefused);
    this.relayed = counters(engineMetrics.eventsRelayed);
  }

  /** Events of one type. */
  on<K extends EventName<M>>(type: K): Observable<ChainEvent<K, M[K]>> {
    return this.subject.pipe(filter((event): event is ChainEvent<K, M[K]> => event.type === type));
  }

  /**
   * Publishes an event.
   *
   * @returns a promise that resolves when the event is stored, where a recorder keeps it, and announced. It rejects if
   * the event was refused or could not be stored; then nobody hears of it. The promise may be ignored: a rejection that
   * nobody awaits does not end the process.
   */
  publish<K extends EventName<M>>(
    type: K,
    data: M[K],
    options: PublishOptions = {},
  ): Promise<void> {
    const event: ChainEvent = {
      id: this.nextId,
      type,
      time: options.time ?? this.clock.now(),
      ...(options.group === undefined ? {} : { group: options.group }),
      data,
    };
    const published = this.accept(event);
    published.catch(() => {
      this.refused.add(event.type);
    });
    return published;
  }

  /** Announces what the writer, another node, has announced. Recorders are not asked: it is stored there. */
  relay({ type, time, group, data }: FannedEvent): void {
    const id = this.nextId++;
    const event = { id, type, time, ...(group === undefined ? {} : { group }), data };
    this.relayed.add(type);
    this.waiting.push({ event, state: 'stored' });
    this.announceSettled();
  }

  /** Tells {@link losses$}. */
  lose(loss: FanOutLoss): void {
    this.losses.next(loss);
  }

  /** Adds a recorder. @returns a function that removes it. */
  record(recorder: EventRecorder): () => void {
    this.recorders.add(recorder);
    return () => this.recorders.delete(recorder);
  }

  private async accept(event: ChainEvent): Promise<void> {
    const trace = this.tracing?.publication(event);
    const kept = this.keep(event, trace);
    this.nextId++;
    this.published.add(event.type);
    const announcement: Announcement = { event, trace, state: 'waiting' };
    this.waiting.push(announcement);
    try {
      if (kept.length > 0) await Promise.all(kept);
      announcement.state = 'stored';
      trace?.published();
    } catch (error) {
      announcement.state = 'failed';
      trace?.published(error);
      throw error;
    } finally {
      this.announceSettled();
    }
    if (announcement.state === 'stored') {
      await new Promise<void>((resolve) => (announcement.announced = resolve));
    }
  }

  /** Asks the recorders. @throws what a recorder throws to refuse the event. */
  private keep(event: ChainEvent, trace: PublicationTrace | undefined): Promise<unknown>[] {
    if (trace === undefined) return this.storesOf(event);
    try {
      return trace.record(() => this.storesOf(event));
    } catch (error) {
      trace.published(error);
      throw error;
    }
  }

  private storesOf(event: ChainEvent): Promise<unknown>[] {
    return [...this.recorders]
      .map((recorder) => recorder(event))
      .filter((store) => store !== undefined);
  }

  private announceSettled(): void {
    if (this.announcing) return;
    this.announcing = true;
    try {
      for (let next = this.waiting.peek(); next !== undefined; next = this.waiting.peek()) {
        if (next.state === 'waiting') return;
        this.waiting.shift();
        if (next.state === 'failed') continue;
        this.announce(next);
        next.state = 'announced';
        next.announced?.();
      }
    } finally {
      this.announcing = false;
    }
  }

  private announce({ event, trace }: Announcement): void {
    if (trace === undefined) this.subject.next(event);
    else trace.deliver(() => this.subject.next(event));
  }
}
