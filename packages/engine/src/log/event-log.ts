/**
 * The log contract: where durable events are kept. One conformance suite (`@sluice/engine/testing`)
 * runs over every implementation, so an application can outgrow one store and take the next.
 */
import type { SluiceError } from '../errors.js';

/** Small values that are stored in the same transaction as events: load state, group counter. */
export type LogMark = string | number | boolean | null;

/** Marks by name. */
export type LogMarks = Readonly<Record<string, LogMark>>;

/** An event as the log sees it: its id and its encoded form, which never changes. */
export interface LogEntry {
  /** The id that follows the last one in the log. */
  readonly id: number;
  /** The event, encoded once; the log never looks inside. */
  readonly bytes: Uint8Array;
}

/** How much one read may return. Whichever is reached first ends the page. */
export interface PageLimits {
  /** Largest number of events, at least 1. */
  readonly events: number;
  /** Most bytes of events in the page, at least 0. The first event is returned whatever its size. */
  readonly bytes: number;
}

/** Consecutive stored events. */
export interface LogPage {
  /** Id of `events[0]`; equals the id that was asked for. */
  readonly from: number;
  /** Encoded events in id order; empty if the id asked for is not stored yet. Never to be written to. */
  readonly events: readonly Uint8Array[];
}

/** Counts, for `first` and `head`, and how many bytes of events are kept. */
export interface LogExtent {
  /** Id of the oldest event that is still stored; `head + 1` if none is. */
  readonly first: number;
  /** Id of the newest stored event; -1 in a stream that never had one. */
  readonly head: number;
}

/**
 * One stream's durable events.
 *
 * - Ids are gapless within an epoch. An entry that does not continue `head` is refused with `STATE`, nothing of
 *   its batch is stored.
 * - `append` resolves when the batch is as durable as the log's setting promises; events become readable and
 *   `head` moves in the same moment, never earlier. Batches are stored whole or not at all, in call order.
 * - After a failed append (disk full) the log is unchanged and the next append may succeed. Entries that were to continue
 *   a failed append or discard are refused too.
 * - `read` below `first` is refused with `LIMIT` (`details: { first }`): those events are gone by retention.
 * - An id that is not an integer of at least 0 (below 2^53), a page of no events and a mark that is not a plain value
 *   are refused with `INVALID`.
 * - Refusals of `append`, `discard`, `open` are rejections; `read` may throw at once.
 */
export interface EventLog extends LogExtent {
  /** Name of the stream. */
  readonly stream: string;
  /** Identity of one uninterrupted numbering; changes whenever ids may not continue. */
  readonly epoch: string;
  /** Marks as of the last completed append or discard. */
  readonly marks: LogMarks;

  /** Stores consecutive events and merges `marks`, in one transaction. An empty batch only stores marks. */
  append(entries: readonly LogEntry[], marks?: LogMarks): Promise<void>;

  /** Events from id `from` on. Synchronous where the store can be, so that replay pays no promise per page. */
  read(from: number, limits: PageLimits): LogPage | Promise<LogPage>;

  /**
   * Forgets all events and starts a new epoch whose first id is `firstId` (default 0). Marks are cleared except
   * those named in `keepMarks`.
   */
  discard(options: DiscardOptions): Promise<void>;

  /**
   * Calls `listener` once, when the log takes no more appends until it is opened again, although nobody closed it: another
   * process writes now, or may. At once if that is so already. Absent where one process is all there is. @returns what ends
   * this.
   */
  onLost?(listener: (error: SluiceError) => void): () => void;

  /**
   * Ends pending appends and releases the stream, which may then be opened again. Later calls are refused with
   * `STATE`, except another `close`, which does nothing.
   */
  close(): Promise<void>;
}

/** See {@link EventLog.discard}. */
export interface DiscardOptions {
  /** The new epoch. */
  readonly epoch: string;
  /** Id of the first event to come; default 0. */
  readonly firstId?: number;
  /** Names of marks that survive; default none. */
  readonly keepMarks?: readonly string[];
}

/**
 * A stream that another process writes, or another user of the same store. Extent, epoch and marks move by themselves,
 * together with what is announced (see {@link FollowOptions}); reading is as in {@link EventLog}.
 */
export interface FollowedLog extends LogExtent {
  /** Name of the stream. */
  readonly stream: string;
  readonly epoch: string;
  readonly marks: LogMarks;

  /** See {@link EventLog.read}. */
  read(from: number, limits: PageLimits): LogPage | Promise<LogPage>;

  /** Ends following; nothing is announced any more. Reads are refused with `STATE` from then on. */
  close(): Promise<void>;
}

/** See {@link EventLogStore.follow}. */
export interface FollowOptions {
  /**
   * Hears of what the writer has stored, in order: `events[0]` has the id `from`; `head` and `marks` have moved already.
   * Without events, only marks have changed or the log was not handed over event by event: what is up to `head` can be
   * read. Must not throw.
   */
  readonly onAppend: (from: number, events: readonly Uint8Array[]) => void;
  /**
   * Hears that ids do not continue: the writer has discarded the stream, or it was replaced or set back behind everybody's
   * back. Epoch, extent and marks are those of the new numbering; nothing read before counts. Must not throw.
   */
  readonly onRenew: () => void;
  /** Hears, once, that following has ended although nobody closed it: reads are refused from now on. Must not throw. */
  readonly onLost?: (error: SluiceError) => void;
  /** Ends the wait for the stream. */
  readonly signal?: AbortSignal;
}

/** Whether a store's events can be had now, for health and metrics. */
export interface LogStatus {
  /**
   * - `idle`: nothing was opened yet, or the store is closed.
   * - `waiting`: for the lease of the writer, or for the writer to create the stream.
   * - `connected`: all is well.
   * - `reconnecting`: the server does not answer; appends and reads wait for it.
   * - `failed`: a stream takes no more events; `error` says why and what to do.
   */
  readonly state: 'idle' | 'waiting' | 'connected' | 'reconnecting' | 'failed';
  /** What went wrong last, also after it was overcome; undefined if nothing ever did. */
  readonly error?: SluiceError;
}

/** How much a store keeps, and how much it may. */
export interface LogUsage {
  /** Bytes of events, in all streams. */
  readonly bytes: number;
  /** From how many on appends are refused with `LIMIT`, as far as can be told now. */
  readonly limitBytes: number;
}

/** Opens the streams of one store. `log: lmdbLog({ path })` in the module options yields one of these. */
export interface EventLogStore {
  /**
   * Opens a stream, creating it with `epoch` if it does not exist. A stream has one writer: opening it twice is
   * refused with `STATE`.
   */
  open(stream: string, options: OpenStreamOptions): Promise<EventLog>;
  /**
   * Follows a stream without ever writing to it. Resolves once the stream exists: the writer may come later. Any number
   * may follow. Absent where one process is all there is (LMDB).
   */
  follow?(stream: string, options: FollowOptions): Promise<FollowedLog>;
  /** How the store is; absent where it cannot change (memory, LMDB). */
  readonly status?: LogStatus;
  /** How full the store is; absent where that is a server's affair (JetStream). */
  readonly usage?: LogUsage | undefined;
  /** Closes all streams, also those that are followed. Later calls of `open` and `follow` are refused with `STATE`. */
  close(): Promise<void>;
}

/** See {@link EventLogStore.open}. */
export interface OpenStreamOptions {
  /** Epoch of the stream if it is created by this call. */
  readonly epoch: string;
  /** What may be forgotten; default: nothing. */
  readonly retention?: LogRetention;
  /** Ends the wait of a store that lets one process write at a time; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Oldest events are forgotten, whole batches (calls of `append`) at a time, while more than this is stored. The
 * newest batch always stays, whatever its size: what was announced can be read at least until the next append.
 */
export interface LogRetention {
  /** Largest number of events kept. */
  readonly events?: number;
  /** Largest number of bytes of encoded events kept. */
  readonly bytes?: number;
}
