import type { ChainEvent } from './chain-event.js';

/**
 * Port for following events through a system of several processes. There is one publication and one delivery to everybody
 * for each event: nothing is done for each receiver.
 */
export interface EventTracing {
  /** Called when an event is published, where it is published. */
  publication(event: ChainEvent): PublicationTrace;
}

/** One event on its way from its publication to everybody. */
export interface PublicationTrace {
  /** Runs what keeps the event, as a part of its publication. */
  record<T>(run: () => T): T;
  /** Runs what hears of the event. */
  deliver(run: () => void): void;
  /** The event was stored where it is kept, or refused. Called once, before it is delivered. */
  published(error?: unknown): void;
}
