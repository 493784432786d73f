import type { FlowControl } from '../flow/flow-control.js';

/**
 * Turns a subscription's options into index keys and a predicate.
 *
 * An event reaches a subscription if the subscription has no keys, or shares a key with the event, and `matches`
 * (where given) agrees. Keys make the cost of an event follow its receivers, not the connections; `matches` is for
 * what keys cannot say. All of it answers at once: a promise counts as an error.
 *
 * @typeParam E payload of the topic's event
 * @typeParam O options as the client sent them, validated by the gateway
 */
export interface TopicFilter<E = unknown, O = unknown> {
  /** Keys to file the subscription under; undefined: it receives every event. Empty: it receives none yet. */
  subscriptionKeys?(options: O): Iterable<string> | undefined;
  /** Keys of an event; a duplicate does not deliver twice. */
  eventKeys?(event: E): Iterable<string>;
  /** Last word on one event and one subscription. */
  matches?(event: E, options: O): boolean;
  /**
   * Names the form of the message a subscription gets (say `with-votes`); default: one form. An event is encoded once
   * per variant, however many subscriptions share it.
   */
  variant?(options: O): string;
}

/** What a topic's renderer may know besides the event. */
export interface TopicContext<O = unknown> {
  /** See {@link TopicFilter.variant}; `''` if the filter names none. */
  readonly variant: string;
  /** Options of a subscription with that variant. */
  readonly options: O;
  /** Whether the message waited in a rate limiter's queue and is not the one that empties it. */
  readonly throttled: boolean;
  /** Unix milliseconds at which the event was published. */
  readonly time: number;
}

/** A rule from an event type to a wire message. */
export interface TopicDefinition<E = unknown, O = unknown> {
  readonly name: string;
  /**
   * The wire message: a string is a text frame as it stands, bytes are a binary frame, any other value is encoded by
   * the endpoint's codec. `undefined`: this event has no message. Must not return a promise.
   */
  readonly render: (event: E, context: TopicContext<O>) => unknown;
  readonly filter?: TopicFilter<E, O>;
  /** How messages reach one session, or all of them together; default `disconnectSlow()`. */
  readonly flow?: FlowControl<E>;
  /** Whether every session is subscribed on connection; default false. */
  readonly autoSubscribe?: boolean;
}
