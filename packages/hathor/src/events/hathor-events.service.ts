import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type {
  ChainEvent,
  Clock,
  EventLogStore,
  Metrics,
  Session,
  StoredStream,
  StreamReader,
} from '@sluice/engine';
import { EventBus, SessionKey, SlidingWindow, SluiceError, StreamDelivery } from '@sluice/engine';
import type { SluiceRole } from '@sluice/nestjs';
import { CLOCK, EVENT_LOG_STORE, METRICS, refusedAtGateway, ROLE } from '@sluice/nestjs';
import { HathorChain } from '../chain/hathor-chain.js';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';
import { EventAudience } from './event-audience.js';
import { eventEnvelope } from './event-envelope.js';
import { EventQueue } from './event-queue.js';
import type { EventIdentity, EventQueueOptions } from './event-queue.options.js';
import { isHathorChainEvent } from './event-types.js';
import { FollowedQueue } from './followed-queue.js';

/**
 * The event queue of an application: keeps what is published on the bus and brings it to the event socket. In a process
 * with the role `gateway` it brings there what the writer keeps.
 */
@Injectable()
export class HathorEvents implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(HathorEvents.name);
  private readonly audience = new EventAudience();
  /** For connections that came while the queue did not run: requests are checked, no event is ever sent. */
  private readonly dormant = new SessionKey('hathor.dormant-window', () => new SlidingWindow());
  private readonly store: EventLogStore;
  private readonly settings: EventQueueOptions;
  private readonly autoStart: boolean;
  private readonly endRecording: () => void;
  private queue: EventQueue | FollowedQueue;
  private failed: EventQueue | undefined;

  /** @throws SluiceError `STATE` if the application has no log, `INVALID` if a gateway is to serve a recording. */
  constructor(
    @Inject(HATHOR_OPTIONS) options: HathorOptions,
    @Inject(EVENT_LOG_STORE) store: EventLogStore | undefined,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) private readonly metrics: Metrics,
    @Inject(ROLE) private readonly role: SluiceRole,
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
    this.queue = this.newRun(this.settings);
    this.endRecording = bus.record((event) => this.record(event));
  }

  async onModuleInit(): Promise<void> {
    if (this.autoStart) await this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
    this.endRecording();
  }

  /** Whether events are stored, or followed, and sent. */
  get running(): boolean {
    return this.queue.running;
  }

  /** The stored events. @throws SluiceError `STATE` if the queue was never started, or the writer was never there. */
  get stream(): StoredStream {
    return this.queue.stream;
  }

  /** See {@link EventQueue.resumedAfter}; undefined in a gateway. */
  get resumedAfter(): number | undefined {
    return this.queue instanceof EventQueue ? this.queue.resumedAfter : undefined;
  }

  /** Id of the oldest event that a stream can begin with; 0 while nothing has been forgotten. */
  get oldest(): number {
    return this.running ? this.queue.stream.first : 0;
  }

  /** Who clients are talking to. @throws SluiceError as {@link stream}. */
  get identity(): EventIdentity {
    return this.queue.identity;
  }

  /**
   * Starts the queue by the restart rules of contract 2.1. Called by the module unless `autoStart` is off. After
   * {@link stop} it may be started again; that is a new run, as after a restart of the process. In a gateway it does not
   * wait for the writer: until that one has loaded its chain the queue does not run.
   *
   * @throws SluiceError `STATE` if it runs already, or the previous run ended in the middle of a reorg.
   */
  async start(): Promise<void> {
    if (this.queue.stopped) {
      this.queue = this.newRun({ ...this.settings, reset: false });
    }
    if (this.queue instanceof FollowedQueue) {
      this.queue.start();
      return;
    }
    const { queue } = this;
    await queue.start();
    this.begin(queue.stream, queue.identity);
    queue.stream.onLost(() => this.lose(queue));
  }

  /** Stores what was published, then ends: every connection that was registered gets an empty Close (contract 2.1). */
  async stop(): Promise<void> {
    this.audience.close();
    await this.queue.stop();
  }

  /** @returns false if the queue does not run; the connection will not get events then. */
  register(session: Session): boolean {
    return this.audience.register(session);
  }

  /** The flow control of a connection. */
  window(session: Session): StreamReader | SlidingWindow {
    return this.audience.reader(session) ?? session.state(this.dormant);
  }

  /** Resolves when the stored events that the connection's last request brings are on their way; undefined: none are. */
  pumped(session: Session): Promise<void> | undefined {
    return this.audience.reader(session)?.pumped();
  }

  private newRun(settings: EventQueueOptions): EventQueue | FollowedQueue {
    if (this.role === 'writer') return new EventQueue(this.store, this.chain, settings);
    if (settings.recording !== undefined) {
      throw new SluiceError('INVALID', 'A recording is served by a process with the role `writer`');
    }
    return new FollowedQueue(this.store, settings, {
      begin: (stream, identity) => this.begin(stream, identity),
      end: (why) => {
        this.audience.close();
        this.logger.log(`Event queue is not running: ${why}`);
      },
    });
  }

  private begin(stream: StoredStream, identity: EventIdentity): void {
    const delivery = new StreamDelivery(stream, eventEnvelope(identity), {
      clock: this.clock,
      metrics: this.metrics,
      onError: (error) => this.logger.error(error.message, error.stack),
    });
    this.audience.open(delivery);
    this.logger.log(
      `Event queue is running: stream ${identity.streamId}, last event ${stream.head}`,
    );
  }

  /** Publishers need not await their events, so a log that fails is told here, once. */
  private record(event: ChainEvent): Promise<number> | undefined {
    const { queue } = this;
    if (queue instanceof FollowedQueue) {
      if (isHathorChainEvent(event.type)) throw refusedAtGateway(event.type);
      return undefined;
    }
    const stored = queue.record(event);
    stored?.catch(() => this.sayFailed(queue));
    return stored;
  }

  /** Another process writes the events now: clients are to go where they are. */
  private lose(queue: EventQueue): void {
    this.sayFailed(queue);
    if (queue === this.queue) this.audience.close();
  }

  private sayFailed(queue: EventQueue): void {
    if (queue.failure === undefined || queue === this.failed) return;
    this.failed = queue;
    const { message } = queue.failure;
    this.logger.error(`${message}. No event is kept until the queue is started again.`);
  }
}
