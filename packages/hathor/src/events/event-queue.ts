import { randomBytes, randomUUID } from 'node:crypto';
import type {
  ChainEvent,
  Clock,
  EventLog,
  EventLogStore,
  LogMarks,
  LogRetention,
  Metrics,
} from '@sluice/engine';
import { EventStream, SluiceError, systemClock } from '@sluice/engine';
import type { HathorChain } from '../chain/hathor-chain.js';
import { checkEventData } from './event-data.check.js';
import { encodeEvent } from './event-encoder.js';
import { EventGroups } from './event-groups.js';
import type { EventRecording } from './event-recording.js';
import type { HathorEventType } from './event-types.js';
import { EVENT_TYPES, isHathorChainEvent } from './event-types.js';

/** Settings of an {@link EventQueue}. */
export interface EventQueueOptions {
  /** Name of the network in messages. */
  readonly network: string;
  /** Identity of the node; default 64 random hex digits, kept in the log. */
  readonly peerId?: string;
  /** Identity of a new numbering; default a random UUID. */
  readonly streamId?: string;
  /** What may be forgotten; default nothing. */
  readonly retention?: LogRetention;
  /**
   * Forgets all events at the start and numbers from 0 again, under a new `stream_id`: the way out after a crash in the
   * middle of a reorg. Default false.
   */
  readonly reset?: boolean;
  /** Serves these events and nothing else; what the application publishes is not kept. */
  readonly recording?: EventRecording;
  readonly clock?: Clock;
  readonly metrics?: Metrics;
}

/** Who a client is talking to (contract 2.1). */
export interface EventIdentity {
  readonly peerId: string;
  readonly network: string;
  readonly streamId: string;
}

/** `loading`: the chain is being read; what is published waits. `running`: events are stored and sent. */
export type EventQueuePhase = 'created' | 'loading' | 'running' | 'stopped';

const TRANSITIONS: Readonly<Record<EventQueuePhase, readonly EventQueuePhase[]>> = {
  created: ['loading', 'stopped'],
  loading: ['running', 'stopped'],
  running: ['stopped'],
  stopped: [],
};

const STREAM = 'hathor.events';
/** Contract 6, `N_LOAD_EVENTS_PER_BATCH`. */
const LOAD_BATCH = 10_000;

/**
 * The node's reliable event queue: numbers, groups and stores what an application publishes, and knows what to do at a
 * restart (contract 2.1, 2.6 to 2.8).
 */
export class EventQueue {
  private currentPhase: EventQueuePhase = 'created';
  private loaded = Promise.resolve();
  private events: EventStream | undefined;
  private log: EventLog | undefined;
  private groups = new EventGroups();
  private peerId = '';
  private previousHead: number | undefined;
  private readonly clock: Clock;

  constructor(
    private readonly store: EventLogStore,
    private readonly chain: HathorChain | undefined,
    private readonly options: EventQueueOptions,
  ) {
    this.clock = options.clock ?? systemClock;
  }

  get phase(): EventQueuePhase {
    return this.currentPhase;
  }

  /** The stored events. @throws SluiceError `STATE` before the queue has been started. */
  get stream(): EventStream {
    if (this.events === undefined) throw new SluiceError('STATE', 'The event queue is not running');
    return this.events;
  }

  get identity(): EventIdentity {
    return {
      peerId: this.options.recording?.peerId ?? this.peerId,
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
   * Opens the log and brings it up to date by the restart rules of contract 2.1.
   *
   * @throws SluiceError `STATE` if the previous run ended in the middle of a reorg, see {@link EventQueueOptions.reset}.
   */
  async start(): Promise<void> {
    this.enter('loading');
    this.loaded = this.load();
    await this.loaded;
    this.enter('running');
  }

  /** Lets what was published be stored, then takes no more events. */
  async stop(): Promise<void> {
    if (this.currentPhase === 'stopped') return;
    this.enter('stopped');
    await this.events?.settled();
    await this.log?.close();
  }

  /**
   * Keeps an event of the bus.
   *
   * @returns a promise of the event's id, or `undefined` if the event is not one of {@link HathorChainEvents}.
   * @throws SluiceError `INVALID` if the data does not fit the type; `STATE` if the queue does not run, or a reorg starts
   * or finishes at the wrong moment.
   */
  record(event: ChainEvent): Promise<number> | undefined {
    const { type, data, time } = event;
    if (!isHathorChainEvent(type) || this.options.recording !== undefined) return undefined;
    checkEventData(type, data);
    if (this.currentPhase === 'loading') return this.loaded.then(() => this.keep(type, data, time));
    if (this.currentPhase !== 'running') {
      throw new SluiceError(
        'STATE',
        `The event queue is ${this.currentPhase}: '${type}' is not kept`,
      );
    }
    return this.keep(type, data, time);
  }

  private keep(type: keyof typeof EVENT_TYPES, data: unknown, time: number): Promise<number> {
    if (type === 'reorg.started') this.groups.start();
    const group = this.groups.current;
    if (type === 'reorg.finished') this.groups.finish();
    const changesGroup = type === 'reorg.started' || type === 'reorg.finished';
    return this.append(EVENT_TYPES[type], data, time, group, changesGroup ? this.groups.marks : {});
  }

  private append(
    type: HathorEventType,
    data: unknown,
    time: number,
    group: number | null,
    marks: LogMarks,
  ): Promise<number> {
    return this.stream.append(encodeEvent({ type, time, group, data }), marks);
  }

  private async load(): Promise<void> {
    const { retention, metrics, recording, reset = false } = this.options;
    const streamId = this.options.streamId ?? randomUUID();
    const log = await this.store.open(STREAM, { epoch: streamId, ...(retention && { retention }) });
    this.log = log;
    this.events = new EventStream(log, metrics === undefined ? {} : { metrics });
    this.peerId = this.options.peerId ?? this.knownPeerId(log);
    if (recording !== undefined) {
      await this.loadRecording(log, recording, streamId);
      return;
    }
    if (reset || log.marks.loaded !== true) {
      await log.discard({ epoch: streamId, keepMarks: ['peerId'] });
    }
    this.groups = new EventGroups(log.marks);
    if (this.groups.current !== null) {
      throw new SluiceError(
        'STATE',
        `The previous run ended in the middle of reorg ${this.groups.current}. Its events cannot be completed: ` +
          'start once with the event queue option `reset` to number events from 0 again.',
      );
    }
    if (log.marks.loaded === true) this.previousHead = log.head;
    await this.loadChain(log.marks.loaded === true);
  }

  private async loadChain(resumed: boolean): Promise<void> {
    const identity = { peerId: this.peerId };
    const emit = (type: HathorEventType, data: unknown, marks: LogMarks = {}) =>
      this.append(type, data, this.clock.now(), null, marks);
    const started = emit('LOAD_STARTED', {}, { ...identity, loaded: false });
    // Without vertices to emit, both events go into one transaction: a resumed stream is never found half loaded.
    if (!resumed) {
      let waiting = 0;
      for await (const vertex of this.chain?.vertices() ?? []) {
        checkEventData('vertex.accepted', vertex);
        const stored = emit('NEW_VERTEX_ACCEPTED', vertex);
        stored.catch(() => undefined);
        if (++waiting % LOAD_BATCH === 0) await stored;
      }
    }
    await Promise.all([started, emit('LOAD_FINISHED', {}, { loaded: true })]);
  }

  private async loadRecording(
    log: EventLog,
    recording: EventRecording,
    streamId: string,
  ): Promise<void> {
    const { firstId, events } = recording;
    await log.discard({ epoch: recording.streamId ?? streamId, firstId });
    for (let from = 0; from < events.length; from += LOAD_BATCH) {
      const batch = events.slice(from, from + LOAD_BATCH);
      await log.append(
        batch.map((text, index) => ({ id: firstId + from + index, bytes: Buffer.from(text) })),
      );
    }
  }

  private knownPeerId(log: EventLog): string {
    const known = log.marks.peerId;
    return typeof known === 'string' ? known : randomBytes(32).toString('hex');
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
