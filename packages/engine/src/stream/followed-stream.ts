import { SluiceError } from '../errors.js';
import type {
  EventLogStore,
  FollowedLog,
  LogMarks,
  LogPage,
  PageLimits,
} from '../log/event-log.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { Counter, Metrics } from '../metrics/metrics.js';
import { noMetrics } from '../metrics/metrics.js';
import type { LossListener, StreamListener } from './event-stream.js';
import type { StoredStream } from './stored-stream.js';

/** Collaborators of a {@link FollowedStream}. */
export interface FollowedStreamOptions {
  /** Ends the wait for the stream; {@link FollowedStream.follow} rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly metrics?: Metrics;
  /** Hears of what listeners throw; must not throw itself. Default: it is only counted (`faults`). */
  readonly onError?: (error: unknown) => void;
}

const FIGURES = [engineMetrics.storedEvents, engineMetrics.headEvent] as const;

/**
 * A stream that another process writes. It never appends; what the writer stores is announced here as `EventStream`
 * announces it there.
 *
 * Ids continue as long as the epoch does. When they do not, because the writer has begun anew, those who asked with
 * {@link onRenew} are told, and whatever was delivered before belongs to another sequence.
 */
export class FollowedStream implements StoredStream {
  private readonly endObservation: () => void;

  private constructor(
    private readonly log: FollowedLog,
    private readonly audience: Audience,
    metrics: Metrics,
  ) {
    const labels = { stream: log.stream };
    this.endObservation = metrics.observe(FIGURES, (report) => {
      report.gauge(engineMetrics.storedEvents, labels, this.head + 1 - this.first);
      report.gauge(engineMetrics.headEvent, labels, this.head);
    });
  }

  /**
   * Follows the stream `name`. Resolves once it exists.
   *
   * @throws SluiceError `STATE` if the store cannot be followed, or is closed meanwhile.
   */
  static async follow(
    store: EventLogStore,
    name: string,
    options: FollowedStreamOptions = {},
  ): Promise<FollowedStream> {
    if (store.follow === undefined) {
      throw new SluiceError('STATE', 'This event log is for one process: it cannot be followed');
    }
    const { metrics = noMetrics } = options;
    const audience = new Audience(name, options);
    const log = await store.follow(name, {
      onAppend: (from, events) => audience.appended(from, events),
      onRenew: () => audience.renewed(),
      onLost: (error) => audience.lost(error),
      ...(options.signal && { signal: options.signal }),
    });
    return new FollowedStream(log, audience, metrics);
  }

  get name(): string {
    return this.log.stream;
  }

  get epoch(): string {
    return this.log.epoch;
  }

  get marks(): LogMarks {
    return this.log.marks;
  }

  get first(): number {
    return this.log.first;
  }

  get head(): number {
    return this.log.head;
  }

  read(from: number, limits: PageLimits): LogPage | Promise<LogPage> {
    return this.log.read(from, limits);
  }

  /** Calls `listener` with everything that is stored from now on, and without events when only marks have changed. */
  subscribe(listener: StreamListener): () => void {
    return this.audience.join(this.audience.listeners, listener);
  }

  /** Calls `listener` when another numbering has begun; extent and marks are its own already. @returns what ends this. */
  onRenew(listener: () => void): () => void {
    return this.audience.join(this.audience.renewals, listener);
  }

  /** Calls `listener` once if following ends although nobody closed it; reads are refused then. @returns what ends this. */
  onLost(listener: LossListener): () => void {
    return this.audience.join(this.audience.losses, listener);
  }

  /** Ends following; listeners hear no more. */
  close(): Promise<void> {
    this.audience.leave();
    this.endObservation();
    return this.log.close();
  }
}

/** Who hears of a followed stream. One that throws costs the others nothing. */
class Audience {
  readonly listeners = new Set<StreamListener>();
  readonly renewals = new Set<() => void>();
  readonly losses = new Set<LossListener>();
  private readonly faults: Counter;
  private readonly onError: (error: unknown) => void;

  constructor(
    stream: string,
    { metrics = noMetrics, onError = () => undefined }: FollowedStreamOptions,
  ) {
    this.faults = metrics.counter(engineMetrics.faults, {
      endpoint: '',
      topic: stream,
      code: 'INTERNAL',
    });
    this.onError = onError;
  }

  join<L>(group: Set<L>, listener: L): () => void {
    group.add(listener);
    return () => group.delete(listener);
  }

  leave(): void {
    this.listeners.clear();
    this.renewals.clear();
    this.losses.clear();
  }

  appended(from: number, events: readonly Uint8Array[]): void {
    for (const listener of this.listeners) this.call(() => listener(from, events));
  }

  renewed(): void {
    for (const listener of this.renewals) this.call(listener);
  }

  lost(error: SluiceError): void {
    for (const listener of this.losses) this.call(() => listener(error));
  }

  private call(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.faults.add();
      this.onError(error);
    }
  }
}
