import { SetMetadata } from '@nestjs/common';
import type { FlowControl as Control } from '@sluice/engine';
import { FLOW_CONTROL } from '../metadata/metadata.keys.js';
import type { TopicMethodDecorator } from './topic-method.js';

/** Decorates a gateway, or one of its topic methods for events of type `E`. */
export type FlowControlDecorator<E> = ClassDecorator & TopicMethodDecorator<E>;

/** Sets how a topic's messages reach a session; on a class: for those of its topics that set nothing themselves. */
export function FlowControl<E>(control: Control<E>): FlowControlDecorator<E> {
  return SetMetadata(FLOW_CONTROL, control);
}
