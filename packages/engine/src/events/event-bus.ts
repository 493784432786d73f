import { filter, Subject, type Observable } from 'rxjs';
import type { Metrics } from '../metrics/metrics.js';
import { noMetrics } from '../metrics/metrics.js';
import type { Clock } from '../time/clock.js';
import { systemClock } from '../time/clock.js';
import type { AnyChainEvent, ChainEvent, ChainEventMap, EventName } from './chain-event.js';

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
  state: 'waiting' | 'stored' | 'failed';
}

/** Collaborators of an {@link EventBus}. */
export interface EventBusOptions {
  readonly clock?: Clock;
  readonly metrics?: Metrics;
}

/**
 * Where an application publishes what happens on its chain.
 *
 * Append first, then announce: an event that a recorder keeps is announced once it is stored, and whatever was
 * published after it waits for it, so that every listener sees the order of publication. Events nobody keeps are
 * announced before `publish` returns.
 */
export class EventBus<M extends object = ChainEventMap> {
  private readonly subject = new Subject<ChainEvent>();
  private readonly recorders = new Set<EventRecorder>();
  private waiting: Announcement[] = [];
  /** How many at the start of `waiting` are announced: taking each off the array would make bursts slow. */
  private announced = 0;
  private readonly clock: Clock;
  private readonly metrics: Metrics;
  private nextId = 0;

  /** Every event, in order of publication. */
  readonly events$ = this.subject.asObservable() as Observable<AnyChainEvent<M>>;

  constructor(options: EventBusOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.metrics = options.metrics ?? noMetrics;
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
    published.catch(() => undefined);
    return published;
  }

  /** Adds a recorder. @returns a function that removes it. */
  record(recorder: EventRecorder): () => void {
    this.recorders.add(recorder);
    return () => this.recorders.delete(recorder);
  }

  private async accept(event: ChainEvent): Promise<void> {
    const stores = [...this.recorders].map((recorder) => recorder(event));
    this.nextId++;
    this.metrics.count('events_published', 1, { type: event.type });
    const kept = stores.filter((store) => store !== undefined);
    if (kept.length === 0 && this.announced === this.waiting.length) {
      this.subject.next(event);
      return;
    }
    const announcement: Announcement = { event, state: 'waiting' };
    this.waiting.push(announcement);
    try {
      await Promise.all(kept);
      announcement.state = 'stored';
    } catch (error) {
      announcement.state = 'failed';
      throw error;
    } finally {
      this.announceSettled();
    }
  }

  private announceSettled(): void {
    for (let next = this.next; next !== undefined && next.state !== 'waiting'; next = this.next) {
      this.announced++;
      if (next.state === 'stored') this.subject.next(next.event);
    }
    if (this.announced * 2 <= this.waiting.length) return;
    this.waiting = this.waiting.slice(this.announced);
    this.announced = 0;
  }

  private get next(): Announcement | undefined {
    return this.waiting[this.announced];
  }
}
