import type { LogExtent, LogMarks, LogPage, PageLimits } from '../log/event-log.js';
import type { StreamListener } from './event-stream.js';

/**
 * A durable stream as those see it who bring it to clients. Where it is written this is an {@link EventStream}, on
 * every other node a {@link FollowedStream}: who reads cannot tell one from the other.
 */
export interface StoredStream extends LogExtent {
  /** Name of the stream in the log. */
  readonly name: string;
  /** Identity of the numbering. */
  readonly epoch: string;
  /** Small values stored with the events. */
  readonly marks: LogMarks;
  /** See {@link EventLog.read}. */
  read(from: number, limits: PageLimits): LogPage | Promise<LogPage>;
  /** Calls `listener` with everything stored from now on. @returns a function that ends this. */
  subscribe(listener: StreamListener): () => void;
}
