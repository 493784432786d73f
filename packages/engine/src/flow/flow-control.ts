import type { Eviction } from '../session/session.js';
import type { Clock } from '../time/clock.js';

/**
 * Why messages were dropped, for the metrics.
 *
 * - `overflow`: too much waited.
 * - `replaced`: a newer message took their place.
 * - `rate`: they came too fast.
 * - `evicted`: their session was ended because it did not keep up.
 * - `policy`: a policy of the application's own has said no more.
 */
export type DropReason = 'overflow' | 'replaced' | 'rate' | 'evicted' | 'policy';

/** The client's side of a flow policy: one session, seen through one topic. */
export interface FlowOutlet {
  readonly clock: Clock;
  /** What the session asked for; another value once it has subscribed again. */
  readonly options: unknown;
  /** Whether a frame written now would not wait in this process. */
  readonly writable: boolean;
  /** Bytes handed to the socket that the kernel has not taken: falls while a full socket makes progress. */
  readonly queuedBytes: number;
  /** Whether a command of the client is being carried out, so that its answer may still come. */
  readonly answering: boolean;
  /** Sends one framed message to the session. */
  write(frame: Buffer): void;
  /** Calls `listener` once, when the command that is being carried out is done; the result takes that back. */
  onAnswered(listener: () => void): () => void;
  /** Ends the session because it does not keep up, see `Session.evict`. */
  evict(reason: string, how?: Eviction): void;
  /**
   * Reports messages that this session will never see: marks the session and counts.
   *
   * @param reason default `policy`.
   */
  dropped(messages: number, reason?: DropReason): void;
}

/** A message on its way to one session. */
export interface FlowMessage<E = unknown> {
  /** The framed message, shared between sessions. */
  readonly frame: Buffer;
  readonly event: E;
}

/** Decides for one session and one topic whether a message is sent now, held, dropped or replaced. */
export interface FlowPolicy<E = unknown> {
  /** A new message for the session; the object is shared with other sessions. */
  offer(message: FlowMessage<E>): void;
  /** The session's socket has room again. */
  drained(): void;
  /** The subscription ended: what is held is forgotten, timers are cancelled. */
  end(): void;
  /** What the policy holds back. */
  readonly held: { readonly messages: number; readonly bytes: number };
}

/** Flow control that decides for each session by itself. */
export interface SessionFlowControl<E = unknown> {
  readonly scope: 'session';
  /**
   * Promises of every policy: while it holds nothing and its outlet is writable, all it does with a message is to write
   * it. Such messages are then written without asking it, to all such sessions at once, and a policy is made only for a
   * session that was not writable when there was a message. Default false.
   */
  readonly writesThrough?: boolean;
  create(outlet: FlowOutlet): FlowPolicy<E>;
}

/** The topic's side of a gate. */
export interface GateOutlet<E = unknown> {
  readonly clock: Clock;
  /**
   * Sends an event that may go out.
   *
   * @param time as it was offered.
   */
  release(event: E, time: number, throttled: boolean): void;
  /**
   * Counts events that no session will ever see.
   *
   * @param reason default `policy`.
   */
  dropped(events: number, reason?: DropReason): void;
}

/** Decides for a whole topic, before anything is encoded, when an event goes out. */
export interface TopicGate<E = unknown> {
  /** @param time Unix milliseconds at which the event was published. */
  offer(event: E, time: number): void;
  /** Forgets what waits and cancels timers. */
  end(): void;
}

/** Flow control in front of a whole topic: one bucket for all sessions. */
export interface TopicFlowControl<E = unknown> {
  readonly scope: 'topic';
  create(outlet: GateOutlet<E>): TopicGate<E>;
  /** Flow control of each session behind the gate; default `disconnectSlow()`. */
  readonly session?: SessionFlowControl<E>;
}

/** What `@FlowControl()` takes. */
export type FlowControl<E = unknown> = SessionFlowControl<E> | TopicFlowControl<E>;
