import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type {
  ChainEvent,
  Clock,
  EventLogStore,
  EventStream,
  Metrics,
  StreamReader,
} from '@sluice/engine';
import {
  EventBus,
  Session,
  SessionKey,
  SlidingWindow,
  SluiceError,
  StreamDelivery,
} from '@sluice/engine';
import { CLOCK, EVENT_LOG_STORE, METRICS } from '@sluice/nestjs';
import { HathorChain } from '../chain/hathor-chain.js';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';
import { eventEnvelope } from './event-envelope.js';
import { EventQueue } from './event-queue.js';
import type { EventIdentity, EventQueueOptions } from './event-queue.options.js';

/** The event queue of an application: keeps what is published on the bus and brings it to the event socket. */
@Injectable()
export class HathorEvents implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(HathorEvents.name);
  private readonly sessions = new Set<Session>();
  /** For connections that came while the queue did not run: requests are checked, no event is ever sent. */
  private readonly dormant = new SessionKey('hathor.dormant-window', () => new SlidingWindow());
  private readonly store: EventLogStore;
  private readonly settings: EventQueueOptions;
  private readonly autoStart: boolean;
  private readonly endRecording: () => void;
  private queue: EventQueue;
  private delivery: StreamDelivery | undefined;
  private failed: EventQueue | undefined;

  /** @throws SluiceError `STATE` if the application has no log. */
  constructor(
    @Inject(HATHOR_OPTIONS) options: HathorOptions,
    @Inject(EVENT_LOG_STORE) store: EventLogStore | undefined,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) private readonly metrics: Metrics,
    bus: EventBus,
    @Optional() private readonly chain?: HathorChain,
  ) {
    if (store === undefined) {
      throw new SluiceError(
        'STATE',
        "Hathor's event queue needs a log: give SluiceModule one, such as `log: lmdbLog({ path })` or `log: " +
          'memoryLog()`, or HathorModule `eventQueue: false`',
      );
    }
    const { autoStart = true, ...settings } = options.events ?? {};
    this.autoStart = autoStart;
    this.store = store;
    const onError = (error: unknown) => this.logger.error(SluiceError.from(error).stack);
    this.settings = { clock, ...settings, network: options.network, metrics, onError };
    this.queue = new EventQueue(store, chain, this.settings);
    this.endRecording = bus.record((event) => this.record(event));
  }

  async onModuleInit(): Promise<void> {
    if (this.autoStart) await this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
    this.endRecording();
  }

  /** Whether events are stored and sent. */
  get running(): boolean {
    return this.queue.phase === 'running';
  }

  /** The stored events. @throws SluiceError `STATE` if the queue was never started. */
  get stream(): EventStream {
    return this.queue.stream;
  }

  /** See {@link EventQueue.resumedAfter}. */
  get resumedAfter(): number | undefined {
    return this.queue.resumedAfter;
  }

  /** Id of the oldest event that a stream can begin with; 0 while nothing has been forgotten. */
  get oldest(): number {
    return this.running ? this.queue.stream.first : 0;
  }

  /** Who clients are talking to. @throws SluiceError `STATE` if the queue was never started. */
  get identity(): EventIdentity {
    return this.queue.identity;
  }

  /**
   * Starts the queue by the restart rules of contract 2.1. Called by the module unless `autoStart` is off. After
   * {@link stop} it may be started again; that is a new run, as after a restart of the process.
   *
   * @throws SluiceError `STATE` if it runs already, or the previous run ended in the middle of a reorg.
   */
  async start(): Promise<void> {
    if (this.queue.phase === 'stopped') {
      this.queue = new EventQueue(this.store, this.chain, { ...this.settings, reset: false });
    }
    await this.queue.start();
    const { stream, identity } = this.queue;
    this.delivery = new StreamDelivery(stream, eventEnvelope(identity), {
      clock: this.clock,
      metrics: this.metrics,
      onError: (error) => this.logger.error(error.message, error.stack),
    });
    this.logger.log(
      `Event queue is running: stream ${identity.streamId}, last event ${stream.head}`,
    );
  }

  /** Stores what was published, then ends: every connection that was registered gets an empty Close (contract 2.1). */
  async stop(): Promise<void> {
    this.delivery?.stop();
    this.delivery = undefined;
    for (const session of [...this.sessions]) session.close();
    await this.queue.stop();
  }

  /** @returns false if the queue does not run; the connection will not get events then. */
  register(session: Session): boolean {
    if (this.delivery === undefined) return false;
    this.delivery.reader(session);
    this.sessions.add(session);
    session.onClose(() => this.sessions.delete(session));
    return true;
  }

  /** The flow control of a connection. */
  window(session: Session): StreamReader | SlidingWindow {
    return this.delivery !== undefined && this.sessions.has(session)
      ? this.delivery.reader(session)
      : session.state(this.dormant);
  }

  /** Publishers need not await their events, so a log that fails is told here, once. */
  private record(event: ChainEvent): Promise<number> | undefined {
    const { queue } = this;
    const stored = queue.record(event);
    stored?.catch(() => {
      if (queue.failure === undefined || queue === this.failed) return;
      this.failed = queue;
      const { message } = queue.failure;
      this.logger.error(`${message}. No event is kept until the queue is started again.`);
    });
    return stored;
  }
}
