import { SluiceError } from '@sluice/engine';
import { Subject, type Observable } from 'rxjs';
import { POISON_PILL, StreamEventType, type StreamEvent } from './stream-event.js';

interface Subscriber {
  readonly types: number;
  readonly events: Subject<StreamEvent>;
}

/**
 * Hands the events of a node to whoever registered for their types, in order (contract 9). What is put before
 * {@link run} waits.
 */
export class EventExchange {
  private readonly queue: (StreamEvent | typeof POISON_PILL)[] = [];
  private readonly subscribers: Subscriber[] = [];
  private phase: 'waiting' | 'running' | 'ended' = 'waiting';
  private handing = false;

  /** Number of events that nobody has taken yet. */
  get pending(): number {
    return this.queue.length;
  }

  /**
   * Registers a subscriber.
   *
   * @param types sum of the {@link StreamEventType}s it wants; default all.
   * @throws SluiceError `STATE` if the exchange runs already.
   */
  subscribe(types: number = StreamEventType.ALL): Observable<StreamEvent> {
    if (this.phase !== 'waiting') {
      throw new SluiceError('STATE', 'The exchange has started: nobody can subscribe any more');
    }
    const events = new Subject<StreamEvent>();
    this.subscribers.push({ types, events });
    return events.asObservable();
  }

  /** Takes an event, or `POISON_PILL`, after which it takes nothing more. */
  put(item: StreamEvent | typeof POISON_PILL): void {
    if (this.phase === 'ended') return;
    this.queue.push(item);
    if (this.phase === 'running') this.handOut();
  }

  /** Hands out what waits, and from now on whatever comes. */
  run(): void {
    if (this.phase === 'waiting') this.phase = 'running';
    this.handOut();
  }

  /** What a subscriber puts while it is told of an event comes after that event, for everybody. */
  private handOut(): void {
    if (this.handing) return;
    this.handing = true;
    try {
      while (this.phase === 'running') {
        const item = this.queue.shift();
        if (item === undefined) return;
        if (item === POISON_PILL) this.end();
        else this.dispatch(item);
      }
    } finally {
      this.handing = false;
    }
  }

  private dispatch(event: StreamEvent): void {
    for (const { types, events } of this.subscribers) {
      if ((types & event.type) !== 0) events.next(event);
    }
  }

  private end(): void {
    this.phase = 'ended';
    this.queue.length = 0;
    for (const { events } of this.subscribers) events.complete();
  }
}
