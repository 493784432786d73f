import { SetMetadata } from '@nestjs/common';
import type { ChainEventMap, EventName, TopicContext } from '@sluice/engine';
import type { Observable } from 'rxjs';
import { TOPIC } from '../metadata/metadata.keys.js';
import type { TopicMetadata } from '../metadata/topic.metadata.js';

/** Options of a topic whose messages are made by the method itself. */
export interface MessageTopicOptions {
  /** Whether every session is subscribed on connection; default false. */
  readonly autoSubscribe?: boolean;
}

/** Options of a topic that renders an event. */
export interface EventTopicOptions<K extends string> extends MessageTopicOptions {
  /** Name of the event on the bus, or of several; the method then gets the payload of any of them. */
  readonly event: K | readonly K[];
}

/** Decorates methods of a type. */
type MethodDecoratorOf<M> = <T extends M>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T>,
) => void;

/** A method that makes a wire message of an event; `undefined`: this event has none. */
type Renderer<E> = (event: E, context: TopicContext<never>) => unknown;

/**
 * Declares a method as a topic of its gateway: a rule from an event to a wire message, which sessions subscribe to with
 * `session.subscribe(name, options)`. The method is called at most once per event and variant, and only if somebody
 * receives it; guards, pipes and interceptors do not see it.
 *
 * Without `event` the method takes nothing and returns an Observable of wire messages. It is called and subscribed to
 * once, for all sessions, when the application has started.
 */
export function Topic<K extends EventName<ChainEventMap>>(
  name: string,
  options: EventTopicOptions<K>,
): MethodDecoratorOf<Renderer<ChainEventMap[K]>>;
export function Topic(
  name: string,
  options?: MessageTopicOptions,
): MethodDecoratorOf<() => Observable<unknown>>;
export function Topic(
  name: string,
  options: MessageTopicOptions & { readonly event?: string | readonly string[] } = {},
): MethodDecorator {
  const { event = [], autoSubscribe = false } = options;
  const metadata: TopicMetadata = { name, events: [event].flat(), autoSubscribe };
  return SetMetadata(TOPIC, metadata);
}
