import type { Type } from '@nestjs/common';
import type { TopicFilter } from '@sluice/engine';
import { FILTER } from '../metadata/metadata.keys.js';

/**
 * Sets the filter of a topic: a class, made by the container with its dependencies, that turns a subscription's options
 * into index keys and a predicate.
 */
export function Filter<E, O>(
  filter: Type<TopicFilter<E, O>>,
): <T extends (event: E, ...rest: never[]) => unknown>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T>,
) => void {
  return (_target, _key, descriptor) => {
    Reflect.defineMetadata(FILTER, filter, descriptor.value as object);
  };
}
