import type { Clock, EventStreamOptions, LogRetention, Metrics } from '@sluice/engine';
import type { EventRecording } from './event-recording.js';

/** Settings of an event queue. */
export interface EventQueueOptions {
  /** Name of the network in messages. */
  readonly network: string;
  /** Identity of the node; default 64 random hex digits, kept in the log. */
  readonly peerId?: string;
  /**
   * Identity of the numbering that begins in an empty log or with `reset`; default a random UUID. A numbering that
   * begins because the last run did not finish loading always gets a random one: clients must see that it is another.
   */
  readonly streamId?: string;
  /** What may be forgotten; default nothing. */
  readonly retention?: LogRetention;
  /**
   * Forgets all events at the start and numbers from 0 again, under a new `stream_id`: the way out after a crash in the
   * middle of a reorg. Default false.
   */
  readonly reset?: boolean;
  /**
   * Serves these events and nothing else; what the application publishes is not kept. The application's own events, in
   * the same log, stay as they are.
   */
  readonly recording?: EventRecording;
  /** Time of the load events; default the system's, in a module that of `SluiceModule`. */
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  /** Hears of what listeners of the stored events throw; default: it is only counted. */
  readonly onError?: EventStreamOptions['onError'];
}

/** Who a client is talking to (contract 2.1). */
export interface EventIdentity {
  readonly peerId: string;
  readonly network: string;
  readonly streamId: string;
}
