import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { Clock, EventLogStore, EventStream, Metrics, StreamReader } from '@sluice/engine';
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
import type { EventIdentity } from './event-queue.js';
import { EventQueue } from './event-queue.js';

/** The event queue of an application: keeps what is published on the bus and brings it to the event socket. */
@Injectable()
export class HathorEvents implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(HathorEvents.name);
  private readonly sessions = new Set<Session>();
  /** For connections that came while the queue did not run: requests are checked, no event is ever sent. */
  private readonly dormant = new SessionKey('hathor.dormant-window', () => new SlidingWindow());
  private readonly queue: EventQueue;
  private readonly autoStart: boolean;
  private delivery: StreamDelivery | undefined;
  private endRecording: () => void = () => undefined;

  constructor(
    @Inject(HATHOR_OPTIONS) options: HathorOptions,
    @Inject(EVENT_LOG_STORE) store: EventLogStore | undefined,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) private readonly metrics: Metrics,
    private readonly bus: EventBus,
    @Optional() chain?: HathorChain,
  ) {
    if (store === undefined) {
      throw new SluiceError(
        'STATE',
        "Hathor's event queue needs a log: give SluiceModule one, such as `log: lmdbLog({ path })` or `log: memoryLog()`",
      );
    }
    const { autoStart = true, ...settings } = options.events ?? {};
    this.autoStart = autoStart;
    this.queue = new EventQueue(store, chain, {
      clock,
      metrics,
      network: options.network,
      ...settings,
    });
  }

  async onModuleInit(): Promise<void> {
    if (this.autoStart) await this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
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

  /** Who clients are talking to. */
  get identity(): EventIdentity {
    return this.queue.identity;
  }

  /**
   * Starts the queue by the restart rules of contract 2.1. Called by the module unless `autoStart` is off.
   *
   * @throws SluiceError `STATE` if the previous run ended in the middle of a reorg.
   */
  async start(): Promise<void> {
    this.endRecording = this.bus.record((event) => this.queue.record(event));
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

  /** Stores what was published, then ends: every connection that was registered gets an empty Close. */
  async stop(): Promise<void> {
    this.delivery?.stop();
    this.delivery = undefined;
    for (const session of [...this.sessions]) session.close();
    await this.queue.stop();
    this.endRecording();
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
}
