import type { Session } from '../session/session.js';

/** One session's subscription to one topic. */
export interface Subscription {
  readonly session: Session;
  readonly topic: string;
  /** What the client asked for, as the topic's filter understands it. */
  readonly options: unknown;
  /** Index keys the subscription is filed under; undefined while it receives every event of the topic. */
  readonly keys: ReadonlySet<string> | undefined;
  /** Files the subscription under more keys, or takes keys away, without touching the others. */
  update(change: { readonly add?: Iterable<string>; readonly remove?: Iterable<string> }): void;
  /** Replaces the options: keys and variant are worked out anew. */
  replace(options: unknown): void;
}

/** The topics of an endpoint as a session sees them. */
export interface SessionTopics {
  /** Subscribing again replaces the options. Unknown topics are refused with `INVALID`. */
  subscribe(session: Session, topic: string, options: unknown): Subscription;
  unsubscribe(session: Session, topic: string): boolean;
  find(session: Session, topic: string): Subscription | undefined;
  /** Ends all subscriptions of a session; costs its own keys, not the index. */
  drop(session: Session): void;
}
