/**
 * The node's reliable event queue: numbers, groups and stores what an application publishes, and knows what to do at a
 * restart (contract 2.1, 2.6 to 2.8).
 */
import type { ChainEvent, Clock, EventLog, EventLogStore, LogMarks } from '@sluice/engine';
import { EventStream, SluiceError, systemClock } from '@sluice/engine';
import { elementsOf } from '../chain/elements-of.js';
import type { HathorChain } from '../chain/hathor-chain.js';
import { checkEventData } from './event-data.check.js';
import type { HathorChainEvents } from './event-data.js';
import type { EventDraft } from './event-encoder.js';
import { encodeEvent } from './event-encoder.js';
import { EventGroups } from './event-groups.js';
import { LOADED, loading, takeUpLog } from './event-log.restart.js';
import type { EventIdentity, EventQueueOptions } from './event-queue.options.js';
import { recordedLog } from './event-recording.log.js';
import type { HathorEventType } from './event-types.js';
import { EVENT_TYPES, isHathorChainEvent } from './event-types.js';

/** `loading`: the chain is being read; what is published waits. `running`: events are stored and sent. */
export type EventQueuePhase = 'created' | 'loading' | 'running' | 'stopped';

const TRANSITIONS: Readonly<Record<EventQueuePhase, readonly EventQueuePhase[]>> = {
  created: ['loading', 'stopped'],
  loading: ['running', 'stopped'],
  running: ['stopped'],
  stopped: [],
};

/** Contract 6, `N_LOAD_EVENTS_PER_BATCH`. */
const LOAD_BATCH = 10_000;

/** Most events that may wait for the load phase to end. */
const MAX_WAITING = 100_000;

/** One run of the queue, from its start to its end. */
export class EventQueue {
  private currentPhase: EventQueuePhase = 'created';
  private loaded = Promise.resolve();
  private waiting = 0;
  private events: EventStream | undefined;
  private log: EventLog | undefined;
  private groups = EventGroups.from({});
  private peerId = '';
  private previousHead: number | undefined;
  private readonly ending = new AbortController();
  private readonly clock: Clock;

  constructor(
    private readonly store: EventLogStore,
    private readonly chain: HathorChain | undefined,
    private readonly options: EventQueueOptions,
  ) {
    this.clock = options.clock ?? systemClock;
  }

  /** Whether events are stored and sent: not any more once another process writes them. */
  get running(): boolean {
    return this.currentPhase === 'running' && this.events?.lost === undefined;
  }

  get stopped(): boolean {
    return this.currentPhase === 'stopped';
  }

  get phase(): EventQueuePhase {
    return this.currentPhase;
  }

  /** The stored events. @throws SluiceError `STATE` before the log is open. */
  get stream(): EventStream {
    if (this.events === undefined) throw new SluiceError('STATE', 'The event queue is not running');
    return this.events;
  }

  /** Why the log takes no more events; undefined while it does. */
  get failure(): SluiceError | undefined {
    return this.events?.failed;
  }

  get identity(): EventIdentity {
    return {
      peerId: this.peerId,
      network: this.options.recording?.network ?? this.options.network,
      streamId: this.stream.epoch,
    };
  }

  /**
   * Id of the newest event of the previous run, if this run goes on in its stream; undefined if the chain was loaded
   * anew. An application with a durable chain publishes what the previous run could not.
   */
  get resumedAfter(): number | undefined {
    return this.previousHead;
  }

  /**
   * Opens the log and brings it up to date by the restart rules of contract 2.1. If that fails the queue has stopped.
   *
   * @throws SluiceError `STATE` if the previous run ended in the middle of a reorg, see {@link EventQueueOptions.reset},
   * or the queue is stopped meanwhile; `INVALID` if the chain has a vertex of the wrong shape.
   */
  async start(): Promise<void> {
    this.enter('loading');
    this.loaded = this.load();
    try {
      await this.loaded;
      this.assertLoading();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.enter('running');
  }

  /** Lets what was published be stored, then takes no more events. A load phase in progress ends unfinished. */
  async stop(): Promise<void> {
    if (this.currentPhase !== 'stopped') this.enter('stopped');
    this.ending.abort(
      new SluiceError('STATE', 'The event queue was stopped before it had the log'),
    );
    await this.loaded.catch(() => undefined);
    await this.events?.stop();
    await this.log?.close();
  }

  /**
   * Keeps an event of the bus. Its data is encoded before this returns.
   *
   * @returns a promise of the event's id, or `undefined` if the event is not one of {@link HathorChainEvents}.
   * @throws SluiceError `INVALID` if the data does not fit the type; `STATE` if the queue does not run, the log has
   * failed, or a reorg starts or finishes at the wrong moment; `LIMIT` if too many events wait to be stored.
   */
  record({ type, data, time }: ChainEvent): Promise<number> | undefined {
    if (!isHathorChainEvent(type) || this.options.recording !== undefined) return undefined;
    checkEventData(type, data);
    if (!Number.isFinite(time)) throw new SluiceError('INVALID', `'${type}' has no time`);
    const draft = encodeEvent({ type: EVENT_TYPES[type], time, data });
    if (this.currentPhase === 'loading') return this.keepLater(type, draft);
    if (this.currentPhase === 'running') return this.keep(type, draft);
    throw new SluiceError('STATE', `The event queue is ${this.currentPhase}: no '${type}' is kept`);
  }

  private keepLater(type: keyof HathorChainEvents, draft: EventDraft): Promise<number> {
    if (this.waiting >= MAX_WAITING) {
      throw new SluiceError('LIMIT', `${MAX_WAITING} events wait for the end of the load phase`, {
        details: { limit: 'waiting', value: MAX_WAITING },
      });
    }
    this.waiting++;
    return this.loaded.then(() => this.keep(type, draft));
  }

  /** A group changes only with an event that the stream takes, or events would carry one that never started. */
  private keep(type: keyof HathorChainEvents, draft: EventDraft): Promise<number> {
    const { refusal } = this.stream;
    if (refusal !== undefined) throw refusal;
    switch (type) {
      case 'reorg.started':
        this.groups = this.groups.started();
        return this.stream.append(draft(this.groups.current), this.groups.marks);
      case 'reorg.finished': {
        const group = this.groups.current;
        this.groups = this.groups.finished();
        return this.stream.append(draft(group), this.groups.marks);
      }
      default:
        return this.stream.append(draft(this.groups.current));
    }
  }

  private async load(): Promise<void> {
    const { recording } = this.options;
    if (recording !== undefined) {
      const { log, peerId } = await recordedLog(this.store, recording, this.options);
      this.use(log, peerId);
      return;
    }
    const { log, resumed, groups, peerId } = await takeUpLog(
      this.store,
      this.options,
      this.ending.signal,
    );
    this.use(log, peerId);
    this.groups = groups;
    if (resumed) this.previousHead = log.head;
    await this.loadChain(resumed ? undefined : this.chain);
  }

  private use(log: EventLog, peerId: string): void {
    const { metrics, onError } = this.options;
    this.log = log;
    this.peerId = peerId;
    this.events = new EventStream(log, {
      clock: this.clock,
      ...(metrics && { metrics }),
      ...(onError && { onError }),
    });
  }

  /** @param chain absent if its vertices are stored already: then both events go into one transaction. */
  private async loadChain(chain: HathorChain | undefined): Promise<void> {
    void this.emit('LOAD_STARTED', {}, loading(this.peerId));
    if (chain !== undefined) await this.emitVertices(chain);
    await this.emit('LOAD_FINISHED', {}, LOADED);
  }

  private async emitVertices(chain: HathorChain): Promise<void> {
    let emitted = 0;
    for await (const vertex of elementsOf(chain.vertices())) {
      this.assertLoading();
      checkEventData('vertex.accepted', vertex);
      const stored = this.emit('NEW_VERTEX_ACCEPTED', vertex);
      if (++emitted % LOAD_BATCH === 0) await stored;
    }
  }

  /** The log stores in order, and nothing after a failure: whoever awaits an event knows of those before it. */
  private emit(type: HathorEventType, data: unknown, marks: LogMarks = {}): Promise<number> {
    const time = this.clock.now();
    const stored = this.stream.append(encodeEvent({ type, time, data })(null), marks);
    stored.catch(() => undefined);
    return stored;
  }

  private assertLoading(): void {
    if (this.currentPhase === 'loading') return;
    throw new SluiceError('STATE', 'The event queue was stopped while it was loading');
  }

  private enter(next: EventQueuePhase): void {
    if (!TRANSITIONS[this.currentPhase].includes(next)) {
      throw new SluiceError(
        'STATE',
        `The event queue cannot go from ${this.currentPhase} to ${next}`,
      );
    }
    this.currentPhase = next;
  }
}
