/**
 * Event names and their payloads, for the whole application. Packages and applications add theirs:
 *
 * ```ts
 * declare module '@sluice/engine' {
 *   interface ChainEventMap { 'quote.changed': Quote }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface ChainEventMap {}

/** Names of an event map. */
export type EventName<M> = keyof M & string;

/** Something that happened. */
export interface ChainEvent<T extends string = string, D = unknown> {
  /** Position in the order of publication, from 0, without gaps. */
  readonly id: number;
  readonly type: T;
  /** Unix milliseconds. */
  readonly time: number;
  /** Number of the group of events it belongs to, such as one reorg. */
  readonly group?: number;
  readonly data: D;
}

/** All events of a map, told apart by `type`. */
export type AnyChainEvent<M> = { [K in EventName<M>]: ChainEvent<K, M[K]> }[EventName<M>];
