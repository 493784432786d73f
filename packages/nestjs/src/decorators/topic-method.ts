type Method = (...args: never[]) => unknown;

/** Says in a compiler's message what does not fit; nothing has such members. */
interface OtherEvents<Expected, Given> {
  readonly 'is for events of type': Expected;
  readonly 'but the method takes': Given;
}

/** Nothing, unless what handles events of type `E` cannot take the events of the method. */
type Takes<T extends Method, E> =
  Parameters<T> extends readonly []
    ? unknown
    : T extends (event: infer P, ...rest: never[]) => unknown
      ? P extends E
        ? unknown
        : OtherEvents<E, P>
      : OtherEvents<E, unknown>;

/** Decorates topic methods whose events are of type `E` or a narrower one. */
export type TopicMethodDecorator<E> = <T extends Method>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<T> & Takes<T, E>,
) => void;
