import { SetMetadata, type Type } from '@nestjs/common';
import type { TopicFilter } from '@sluice/engine';
import { FILTER } from '../metadata/metadata.keys.js';
import type { TopicMethodDecorator } from './topic-method.js';

/**
 * Sets the filter of a topic: a class, made by the container with its dependencies, that turns a subscription's options
 * into index keys and a predicate.
 */
export function Filter<E, O>(filter: Type<TopicFilter<E, O>>): TopicMethodDecorator<E> {
  return SetMetadata(FILTER, filter);
}
