import { SetMetadata } from '@nestjs/common';
import type { ChainEventMap, EventName, TopicContext } from '@sluice/engine';
import type { Observable } from 'rxjs';
import { TOPIC } from '../metadata/metadata.keys.js';
import type { TopicMetadata } from '../metadata/topic.metadata.js';

/** Options of a topic. */
export interface TopicOptions<K extends string> {
  /**
   * Name of the event on the bus, or of several; the method then gets the payload of any of them. Without it the method
   * makes the messages itself.
   */
  readonly event?: K | readonly K[];
  /** Whether every session is subscribed on connection; default false. */
  readonly autoSubscribe?: boolean;
}

/** A method that makes a wire message of an event; `undefined`: this event has none. */
type Renderer<E> = (event: E, context: TopicContext<never>) => unknown;

/** Says in a compiler's message what is wrong; nothing has such a member. */
interface RendersLater<R> {
  readonly 'a topic with an event returns the message itself, not': R;
}

/** Nothing, unless the method returns what is no message yet. */
type AtOnce<R> = unknown extends R
  ? unknown
  : Extract<R, PromiseLike<unknown> | Observable<unknown>> extends never
    ? unknown
    : RendersLater<R>;

/** Decorates methods that render events of type `E`. */
export type EventTopicDecorator<E> = <T extends Renderer<E>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T> & AtOnce<ReturnType<T>>,
) => void;

/** Decorates methods that make messages themselves. */
export type MessageTopicDecorator = <T extends () => Observable<unknown>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T>,
) => void;

/** Decorates methods for events of these names; `never`: those that make messages themselves. */
export type TopicDecorator<K extends EventName<ChainEventMap>> = [K] extends [never]
  ? MessageTopicDecorator
  : EventTopicDecorator<ChainEventMap[K]>;

/**
 * Declares a method as a topic of its gateway: a rule from an event to a wire message, which sessions subscribe to with
 * `session.subscribe(name, options)`. The method is called at most once per event and variant, and only if somebody
 * receives it; guards, pipes and interceptors do not see it.
 *
 * Without `event` the method takes nothing and returns an Observable of wire messages. It is called and subscribed to
 * once, for all sessions, when the application has started.
 */
export function Topic<K extends EventName<ChainEventMap> = never>(
  name: string,
  { event = [], autoSubscribe = false }: TopicOptions<K> = {},
): TopicDecorator<K> {
  const metadata: TopicMetadata = { name, events: [event].flat(), autoSubscribe };
  return SetMetadata(TOPIC, metadata);
}
