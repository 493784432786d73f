import { binaryFrame, textFrame } from '../frames/text-frame.js';
import { noMetrics } from '../metrics/metrics.js';
import type { Clock } from '../time/clock.js';
import { systemClock } from '../time/clock.js';
import type { SessionTopics, Subscription } from '../topics/subscription.js';
import { SluiceError } from '../errors.js';
import { framesOwed, type BroadcastEntry } from './broadcast-entry.js';
import { FlushRound, type Leaving } from './flush-round.js';
import type { FrameJoiner } from './frame-joiner.js';
import { SessionCounters, type SessionEnd } from './session-counters.js';
import type { SessionKey } from './session-key.js';
import { SessionListeners } from './session-listeners.js';
import type { SessionOptions } from './session-options.js';
import { checkPhaseChange, type SessionPhase } from './session-phase.js';
import type { ConnectionInfo, SessionSocket } from './session-socket.js';

/** How a session ends that does not keep up: with a Close frame where there is room for one, or never with one. */
export type Eviction = 'close' | 'abort';

/** Close code of an evicted session: "try again later". */
export const SLOW_CONSUMER_CLOSE_CODE = 1013;

const DEFAULT_OUTBOUND_BYTES = 16 * 1024 * 1024;

/**
 * One client connection with its state.
 *
 * Everything for the client, replies and events alike, passes through one outbox: order is call order, and what one
 * turn of the event loop produces leaves in one write. What it is sent as many others are stands behind its own outbox
 * in the broadcast of the endpoint, until it leaves from there or something else follows.
 */
export class Session implements Leaving {
  // Every field has a value from the beginning, so that all sessions have one layout; what only some need is made for those.
  private currentPhase: SessionPhase = 'open';
  private outbox: Buffer[] | undefined = undefined;
  private outboxBytes = 0;
  private outboxFrames = 0;
  /** Where in the broadcast begins what is to leave behind the outbox. */
  private owed: BroadcastEntry | undefined = undefined;
  /** @internal */
  inRound = false;
  private blocked = false;
  private dropped = 0;
  private atCommand = false;
  private end: SessionEnd | undefined = undefined;
  private states: Map<SessionKey<unknown>, unknown> | undefined = undefined;
  private listeners: SessionListeners | undefined = undefined;

  readonly clock: Clock;
  private readonly round: FlushRound;
  private readonly counters: SessionCounters;
  private readonly topics: SessionTopics | undefined;
  /** Most bytes that may wait for the client. */
  readonly outboundBytes: number;
  private readonly onError: (error: unknown) => void;

  constructor(
    private readonly socket: SessionSocket,
    readonly info: ConnectionInfo,
    options: SessionOptions = {},
  ) {
    this.clock = options.clock ?? systemClock;
    this.round = FlushRound.of(this.clock);
    this.topics = options.topics;
    this.outboundBytes = options.outboundBytes ?? DEFAULT_OUTBOUND_BYTES;
    this.onError = options.onError ?? (() => undefined);
    this.counters = SessionCounters.of(options.metrics ?? noMetrics, info.endpoint);
    this.counters.opened.add();
  }

  get phase(): SessionPhase {
    return this.currentPhase;
  }

  /** Whether a frame written now would reach the kernel without waiting in this process. */
  get writable(): boolean {
    return this.currentPhase === 'open' && !this.blocked;
  }

  /** Bytes that wait for this client in this process. */
  get backlog(): number {
    const owed = framesOwed(this, this.owed).reduce((bytes, { length }) => bytes + length, 0);
    return this.outboxBytes + owed + this.socket.queuedBytes;
  }

  /** Bytes handed to the socket that the kernel has not taken yet. */
  get queuedBytes(): number {
    return this.socket.queuedBytes;
  }

  /** Whether a command of the client is being carried out, so that its answer may still come. */
  get answering(): boolean {
    return this.atCommand;
  }

  /** Messages that flow control kept from this client. */
  get droppedMessages(): number {
    return this.dropped;
  }

  /** Marks the session: flow control dropped messages that this client will never see. */
  countDropped(messages: number): void {
    this.dropped += messages;
  }

  /** Sends one message: a string as a text frame, bytes as a binary frame. Ignored once the session is closing. */
  send(message: string | Uint8Array): void {
    this.write(typeof message === 'string' ? textFrame(message) : binaryFrame(message));
  }

  /**
   * Sends a buffer of whole frames, which is never written to and may be shared between sessions.
   *
   * @param count how many frames there are; default 1.
   */
  write(frames: Buffer, count = 1): void {
    if (this.currentPhase !== 'open') return;
    this.takeOwed();
    if (this.outbox === undefined && !this.blocked) this.round.join(this);
    this.put(frames, count);
    if (this.outboxBytes > this.outboundBytes || this.blocked) this.keepLimit();
  }

  /** Hands everything that waits to the socket now, unless the socket is full. */
  flush(): void {
    if (this.blocked) return;
    this.takeOwed();
    if (this.outbox === undefined) return;
    this.round.forget(this);
    this.handOutbox(this.outbox);
  }

  /** @internal Sends what waits. A socket for which it is too much, or that throws, costs the others of the round nothing. */
  leave(joiner: FrameJoiner): void {
    if (this.blocked) return;
    try {
      if (this.outbox === undefined) {
        this.handOwed(joiner);
      } else {
        this.takeOwed();
        this.handOutbox(joiner.join(this.outbox, this.outboxBytes));
      }
      if (this.blocked) this.keepLimit();
    } catch (error) {
      this.broken(error);
    }
  }

  /**
   * @internal From `entry` on the session is owed what its lanes bring.
   * @returns false if it is owed something already.
   */
  owe(entry: BroadcastEntry): boolean {
    if (this.owed?.lane.broadcast === entry.lane.broadcast) return false;
    this.takeOwed();
    this.owed = entry;
    this.round.join(this);
    return true;
  }

  /** @internal Makes what it is owed its own: the broadcast says it only until something else follows. */
  takeOwed(): void {
    if (this.owed === undefined) return;
    for (const frame of framesOwed(this, this.owed)) this.put(frame, 1);
    this.settleOwed();
  }

  /** @internal Sends what waits before the turn is over: it is becoming too much. */
  relieve(joiner: FrameJoiner): void {
    this.round.forget(this);
    this.leave(joiner);
  }

  /** Called by the binding when the kernel has taken everything. */
  drained(): void {
    if (!this.blocked || this.currentPhase === 'closed') return;
    this.blocked = false;
    this.flush();
    if (this.blocked) return;
    this.topics?.drained(this);
    this.listeners?.drained();
  }

  /** Subscribes to a topic of this endpoint; see the topic's filter for the shape of `options`. */
  subscribe(topic: string, options?: unknown): Subscription {
    return this.requireTopics().subscribe(this, topic, options);
  }

  /** @returns false if the session was not subscribed to the topic. */
  unsubscribe(topic: string): boolean {
    return this.requireTopics().unsubscribe(this, topic);
  }

  /** The session's subscription to a topic, if it has one. */
  subscription(topic: string): Subscription | undefined {
    return this.topics?.find(this, topic);
  }

  /** Per-session state of a dialect or an application, made on first use. */
  state<T>(key: SessionKey<T>): T {
    const states = (this.states ??= new Map());
    if (!states.has(key)) states.set(key, key.create(this));
    return states.get(key) as T;
  }

  /** Calls `listener` whenever the socket has room again; `writable` says whether another one has filled it since. */
  onDrain(listener: () => void): () => void {
    return this.requireListeners().onDrain(listener);
  }

  /** Called by the binding when it takes up a command of the client. */
  commandBegins(): void {
    this.atCommand = true;
  }

  /** Called by the binding when a command is done and its last answer is on its way. */
  commandEnds(): void {
    this.atCommand = false;
    this.listeners?.answered();
  }

  /** Calls `listener` once, when the client's command that is being carried out is done; never while there is none. */
  onAnswered(listener: () => void): () => void {
    return this.atCommand ? this.requireListeners().onAnswered(listener) : () => undefined;
  }

  /** Calls `listener` once, when the connection is gone; at once if it already is. */
  onClose(listener: () => void): () => void {
    const listeners = this.requireListeners();
    if (this.currentPhase !== 'closed') return listeners.onClose(listener);
    listeners.call(listener);
    return () => undefined;
  }

  /** For the metrics: tells why the session is about to be ended. Who tells first is believed. */
  endsFor(end: SessionEnd): void {
    this.end ??= end;
  }

  /** Sends what waits, then a Close frame; without `code` the frame is empty. */
  close(code?: number, reason?: string): void {
    if (this.currentPhase !== 'open') return;
    this.blocked = false;
    this.flush();
    this.endsFor('server');
    this.transition('closing');
    this.socket.close(code, reason);
  }

  /** Sends what waits, then ends the connection without a Close frame. What the client still sends is not looked at. */
  drop(): void {
    if (this.currentPhase !== 'open') return;
    this.blocked = false;
    this.flush();
    this.endsFor('server');
    this.transition('closing');
    this.socket.drop();
  }

  /** Ends the connection without a Close frame; what waits is lost. */
  terminate(): void {
    if (this.currentPhase === 'closed') return;
    this.endsFor('server');
    this.socket.terminate();
    this.closed();
  }

  /**
   * Ends a session that does not keep up. A Close frame would queue behind what the client does not read, so it is
   * sent only while nothing waits in the socket, and never with `abort`.
   */
  evict(reason: string, how: Eviction = 'close'): void {
    if (this.currentPhase !== 'open') return;
    this.endsFor('slow');
    this.discard();
    if (how === 'abort' || this.socket.queuedBytes > 0) this.terminate();
    else this.close(SLOW_CONSUMER_CLOSE_CODE, reason);
  }

  /** Called by the binding when the connection is gone. */
  closed(): void {
    if (this.currentPhase === 'closed') return;
    this.transition('closed');
    this.discard();
    this.counters.closed.add(this.end ?? 'client');
    this.listeners?.closed();
    this.states = undefined;
  }

  private put(frames: Buffer, count: number): void {
    if (this.outbox === undefined) this.outbox = [frames];
    else this.outbox.push(frames);
    this.outboxFrames += count;
    this.outboxBytes += frames.length;
  }

  /** @param frames what is in the outbox. */
  private handOutbox(frames: readonly Buffer[]): void {
    const { outboxBytes, outboxFrames } = this;
    this.empty();
    this.hand(frames, outboxBytes, outboxFrames);
  }

  private handOwed(joiner: FrameJoiner): void {
    if (this.owed === undefined) return;
    const { frames, bytes, count } = joiner.share(this, this.owed);
    this.settleOwed();
    this.hand(frames, bytes, count);
  }

  private hand(frames: readonly Buffer[], bytes: number, count: number): void {
    this.counters.writes.add();
    this.counters.bytes.add(bytes);
    this.counters.frames.add(count);
    this.blocked = !this.socket.write(frames, bytes);
    if (this.blocked) this.topics?.filled(this);
  }

  private settleOwed(): void {
    const first = this.owed;
    this.owed = undefined;
    first?.lane.broadcast.settled();
  }

  private broken(error: unknown): void {
    this.report(error);
    this.endsFor('fault');
    this.terminate();
  }

  private keepLimit(): void {
    // A burst within one turn says nothing about the client: what it can take is not held against it.
    if (this.backlog > this.outboundBytes) this.flush();
    if (this.backlog > this.outboundBytes) this.evict('outbound limit');
  }

  private discard(): void {
    this.round.forget(this);
    this.settleOwed();
    this.empty();
  }

  private empty(): void {
    this.outbox = undefined;
    this.outboxBytes = 0;
    this.outboxFrames = 0;
  }

  private report(error: unknown): void {
    this.counters.faults.add();
    this.onError(error);
  }

  private transition(next: SessionPhase): void {
    checkPhaseChange(this.currentPhase, next);
    // Whoever is no longer open receives nothing: the first step away from `open` ends the subscriptions.
    if (this.currentPhase === 'open') this.topics?.drop(this);
    this.currentPhase = next;
  }

  private requireListeners(): SessionListeners {
    return (this.listeners ??= new SessionListeners((error) => {
      this.report(error);
    }));
  }

  private requireTopics(): SessionTopics {
    if (this.topics === undefined) {
      throw new SluiceError('STATE', `The endpoint ${this.info.endpoint} has no topics`);
    }
    return this.topics;
  }
}
