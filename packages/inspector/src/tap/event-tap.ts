/**
 * Shows events as they are published, without slowing publication: what a publisher waits for is a comparison and a
 * push. Copies are made later, of a bounded number of events, and only while somebody watches.
 */
import type { CancelTask, ChainEvent, Clock } from '@sluice/engine';
import type { Observable, Subscription } from 'rxjs';
import { preview } from '../redaction/preview.js';

/** An event as the page shows it. */
export interface TappedEvent {
  /** Number of the event in this process, as the bus counts. */
  readonly id: number;
  readonly type: string;
  /** Unix milliseconds. */
  readonly time: number;
  /** Bounded and without secrets. */
  readonly data: unknown;
}

/** What a page is sent a few times a second. */
export interface TapBatch {
  readonly events: readonly TappedEvent[];
  /** Events that fitted the filter since the last batch and are not shown. */
  readonly skipped: number;
}

/** Which events a page wants; without members all. */
export interface TapFilter {
  /** A part of the event's type. */
  readonly type?: string;
  /** A part of what is shown of the event, whatever its case. */
  readonly text?: string;
}

export interface EventTapOptions {
  readonly events$: Observable<ChainEvent>;
  readonly clock: Clock;
  readonly eventsPerSecond: number;
}

const BATCHES_PER_SECOND = 4;

export class EventTap {
  constructor(private readonly options: EventTapOptions) {}

  /** Calls `watcher`, which must not throw, with batches that are not empty. @returns a function that ends this. */
  watch(filter: TapFilter, watcher: (batch: TapBatch) => void): () => void {
    const watch = new Watch(this.options, filter, watcher);
    return () => {
      watch.end();
    };
  }
}

class Watch {
  private readonly waiting: ChainEvent[] = [];
  private readonly most: number;
  private readonly subscription: Subscription;
  private skipped = 0;
  private cancel: CancelTask | undefined;

  constructor(
    private readonly options: EventTapOptions,
    private readonly filter: TapFilter,
    private readonly watcher: (batch: TapBatch) => void,
  ) {
    this.most = Math.ceil(options.eventsPerSecond / BATCHES_PER_SECOND);
    this.subscription = options.events$.subscribe((event) => {
      this.take(event);
    });
  }

  end(): void {
    this.subscription.unsubscribe();
    this.cancel?.();
    this.waiting.length = 0;
  }

  private take(event: ChainEvent): void {
    const { type } = this.filter;
    if (type !== undefined && !event.type.includes(type)) return;
    if (this.waiting.length < this.most) this.waiting.push(event);
    else this.skipped++;
    this.cancel ??= this.options.clock.after(1000 / BATCHES_PER_SECOND, () => {
      this.show();
    });
  }

  private show(): void {
    this.cancel = undefined;
    const events = this.waiting.splice(0).map(tapped).filter(withText(this.filter.text));
    const { skipped } = this;
    this.skipped = 0;
    if (events.length > 0 || skipped > 0) this.watcher({ events, skipped });
  }
}

function tapped({ id, type, time, data }: ChainEvent): TappedEvent {
  return { id, type, time, data: preview(data) };
}

function withText(text: string | undefined): (event: TappedEvent) => boolean {
  if (text === undefined) return () => true;
  const wanted = text.toLowerCase();
  return ({ data }) => (JSON.stringify(data) ?? '').toLowerCase().includes(wanted);
}
