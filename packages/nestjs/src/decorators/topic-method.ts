type Method = (...args: never[]) => unknown;

/** `never`, unless what handles events of type `E` can take the events of the method. */
type Takes<T extends Method, E> =
  Parameters<T> extends readonly []
    ? unknown
    : T extends (event: infer P, ...rest: never[]) => unknown
      ? P extends E
        ? unknown
        : never
      : never;

/** Decorates topic methods whose events are of type `E` or a narrower one. */
export type TopicMethodDecorator<E> = <T extends Method>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T> & Takes<T, E>,
) => void;
