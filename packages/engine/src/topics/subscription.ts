import type { FlowPolicy } from '../flow/flow-control.js';
import type { Session } from '../session/session.js';

/** Keys that a subscription gets, and keys that it loses. */
export interface KeyChange {
  readonly add?: Iterable<string>;
  readonly remove?: Iterable<string>;
}

/** One session's subscription to one topic. */
export interface Subscription {
  readonly session: Session;
  readonly topic: string;
  /** What the client asked for, as the topic's filter understands it. */
  readonly options: unknown;
  /** Index keys the subscription is filed under; undefined while it receives every event of the topic. */
  readonly keys: ReadonlySet<string> | undefined;
  /** What its flow policy holds back at this moment. */
  readonly held: FlowPolicy['held'];
  /**
   * Files the subscription under more keys, then takes keys away, without touching the others; a key in both ends up
   * removed. A subscription that received every event is filtered from then on, even if it is left without keys; only
   * a change without `add` and `remove` leaves it as it was. Harmless once the subscription has ended.
   */
  update(change: KeyChange): void;
  /**
   * Replaces the options: keys and variant are worked out anew. If the filter throws, the subscription stays as it was
   * and the error is passed on. Harmless once the subscription has ended.
   */
  replace(options: unknown): void;
}

/** The topics of an endpoint as a session sees them. */
export interface SessionTopics {
  /**
   * Subscribing again replaces the options. An unknown topic is refused with `INVALID`, a session that is not open
   * with `STATE`; what the filter throws is passed on.
   */
  subscribe(session: Session, topic: string, options: unknown): Subscription;
  unsubscribe(session: Session, topic: string): boolean;
  find(session: Session, topic: string): Subscription | undefined;
  /** The session's socket is full: from now on every message for it is up to flow control. Must not throw. */
  filled(session: Session): void;
  /** The session's socket has room again: what flow control holds for it may go out. Must not throw. */
  drained(session: Session): void;
  /** Ends all subscriptions of a session; costs its own keys, not the index. */
  drop(session: Session): void;
}
