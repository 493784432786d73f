import type { FlowControl as Control } from '@sluice/engine';
import { FLOW_CONTROL } from '../metadata/metadata.keys.js';

/** Decorates a gateway, or one of its topic methods for events of type `E`. */
export interface FlowControlDecorator<E> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- the type of a class decorator's target
  (target: Function): void;
  <T extends (event: E, ...rest: never[]) => unknown>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T>,
  ): void;
}

/** Sets how a topic's messages reach a session; on a class: for those of its topics that set nothing themselves. */
export function FlowControl<E>(control: Control<E>): FlowControlDecorator<E> {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    Reflect.defineMetadata(
      FLOW_CONTROL,
      control,
      (descriptor?.value as object | undefined) ?? target,
    );
  };
}
