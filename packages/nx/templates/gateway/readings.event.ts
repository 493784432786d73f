/** What is published, and what subscribers receive. */
export interface ReadingsEvent {
  /** What subscriptions are filed under, see `ReadingsFilter`. */
  readonly key: string;
  readonly value: number;
}

declare module '@sluice/engine' {
  interface ChainEventMap {
    /** `bus.publish('readings.changed', { key, value })`, with `EventBus` injected. */
    'readings.changed': ReadingsEvent;
  }
}
