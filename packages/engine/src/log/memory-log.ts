/** The event log for tests and for applications that may forget everything when they end. */
import { totalmem } from 'node:os';
import { SluiceError } from '../errors.js';
import type {
  DiscardOptions,
  EventLog,
  EventLogStore,
  FollowedLog,
  FollowOptions,
  LogEntry,
  LogMarks,
  LogPage,
  LogRetention,
  LogUsage,
  OpenStreamOptions,
  PageLimits,
} from './event-log.js';
import {
  checkAppend,
  checkDiscard,
  checkRead,
  checkRetention,
  checkRoom,
  closedError,
  keptMarks,
} from './log-rules.js';
import { FollowedMemoryLog } from './followed-memory-log.js';
import { newContent, type StreamContent } from './memory-content.js';
import { MemoryEvents } from './memory-events.js';

/** Options of {@link memoryLog}. */
export interface MemoryLogOptions {
  /**
   * Most bytes of events, in all streams; default half of the machine's memory, or of what the process may have. What does
   * not fit is refused with `LIMIT`.
   */
  readonly maxBytes?: number;
}

/**
 * A store in memory. A stream that is closed and opened again in the same store still has its events; they are
 * gone when the store is closed. Events are kept by reference, not copied. Streams can be followed within the process.
 */
export function memoryLog({ maxBytes = halfOfMemory() }: MemoryLogOptions = {}): EventLogStore {
  if (!(maxBytes > 0)) throw new SluiceError('INVALID', 'memoryLog: maxBytes must be above 0');
  return new MemoryLogStore(maxBytes);
}

function halfOfMemory(): number {
  const constrained = process.constrainedMemory();
  return Math.floor(Math.min(totalmem(), constrained > 0 ? constrained : Infinity) / 2);
}

class MemoryLogStore implements EventLogStore {
  private readonly contents = new Map<string, StreamContent>();
  private readonly logs = new Map<string, MemoryLog>();
  /** Those who wait for a stream that does not exist yet. */
  private readonly arrivals = new Set<() => void>();
  private closed = false;

  constructor(private readonly maxBytes: number) {}

  get usage(): LogUsage {
    return { bytes: this.keptBytes(), limitBytes: this.maxBytes };
  }

  async open(stream: string, options: OpenStreamOptions): Promise<EventLog> {
    await Promise.resolve();
    this.requireOpen();
    if (this.logs.has(stream)) {
      throw new SluiceError('STATE', `stream '${stream}' is already open`, { details: { stream } });
    }
    const { epoch, retention = {} } = options;
    checkRetention(retention);
    const content = this.contents.get(stream) ?? newContent(epoch);
    this.contents.set(stream, content);
    for (const look of this.arrivals) look();
    const log: MemoryLog = new MemoryLog({
      stream,
      content,
      retention,
      checkRoom: (growth) => {
        checkRoom(this.keptBytes(), growth, this.maxBytes);
      },
      onClose: () => this.logs.delete(stream),
    });
    this.logs.set(stream, log);
    return log;
  }

  async follow(stream: string, options: FollowOptions): Promise<FollowedLog> {
    const content = await this.content(stream, options.signal);
    this.requireOpen();
    return new FollowedMemoryLog(stream, content, options);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const look of this.arrivals) look();
    for (const { followers } of this.contents.values()) {
      for (const follower of followers) void follower.close();
    }
    await Promise.all([...this.logs.values()].map((log) => log.close()));
    this.contents.clear();
  }

  private requireOpen(): void {
    if (this.closed) throw closedError('event log store');
  }

  private keptBytes(): number {
    let bytes = 0;
    for (const { events } of this.contents.values()) bytes += events.keptBytes;
    return bytes;
  }

  /** What a stream holds, once it exists. */
  private content(stream: string, signal: AbortSignal | undefined): Promise<StreamContent> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const content = this.contents.get(stream);
        if (signal?.aborted === true) reject(signal.reason as Error);
        else if (this.closed) reject(closedError('event log store'));
        else if (content !== undefined) resolve(content);
        else return;
        this.arrivals.delete(look);
        signal?.removeEventListener('abort', look);
      };
      this.arrivals.add(look);
      signal?.addEventListener('abort', look);
      look();
    });
  }
}

interface MemoryLogParts {
  readonly stream: string;
  readonly content: StreamContent;
  readonly retention: LogRetention;
  /** Throws if the store may not keep so much more. */
  readonly checkRoom: (growth: number) => void;
  readonly onClose: () => void;
}

class MemoryLog implements EventLog {
  readonly stream: string;
  /** Appends that continue one another, and the head once they are done. A refusal or a discard begins the next. */
  private sequence: { tail: number };
  private last: Promise<void> = Promise.resolve();
  private closing: Promise<void> | undefined;

  private readonly content: StreamContent;

  constructor(private readonly parts: MemoryLogParts) {
    this.stream = parts.stream;
    this.content = parts.content;
    this.sequence = { tail: this.head };
  }

  get epoch(): string {
    return this.content.epoch;
  }

  get marks(): LogMarks {
    return this.content.marks;
  }

  get first(): number {
    return this.content.events.first;
  }

  get head(): number {
    return this.content.events.head;
  }

  async append(entries: readonly LogEntry[], marks?: LogMarks): Promise<void> {
    this.requireOpen();
    checkAppend(entries, this.sequence.tail + 1, marks);
    this.sequence.tail += entries.length;
    const batch = entries.map(({ bytes }) => bytes);
    await this.inOrder(() => {
      const { events, followers } = this.content;
      const from = events.head + 1;
      // An append before this one may have been refused in the meantime.
      checkAppend(entries, from, undefined);
      this.checkRoom(batch);
      events.append(batch);
      events.trim(this.parts.retention);
      this.content.marks = { ...this.content.marks, ...marks };
      for (const follower of followers) follower.options.onAppend(from, batch);
    });
  }

  read(from: number, limits: PageLimits): LogPage {
    this.requireOpen();
    checkRead(from, limits, this.first);
    return { from, events: this.content.events.page(from, limits) };
  }

  async discard(options: DiscardOptions): Promise<void> {
    this.requireOpen();
    const firstId = checkDiscard(options);
    this.sequence = { tail: firstId - 1 };
    await this.inOrder(() => {
      this.content.epoch = options.epoch;
      this.content.marks = keptMarks(this.content.marks, options.keepMarks);
      this.content.events = new MemoryEvents(firstId);
      for (const follower of this.content.followers) follower.options.onRenew();
    });
  }

  close(): Promise<void> {
    this.closing ??= this.last.then(this.parts.onClose);
    return this.closing;
  }

  private checkRoom(batch: readonly Uint8Array[]): void {
    const { keptBytes } = this.content.events;
    const added = batch.reduce((sum, { length }) => sum + length, 0);
    const { bytes: most = Infinity } = this.parts.retention;
    this.parts.checkRoom(Math.max(Math.min(keptBytes + added, most), added) - keptBytes);
  }

  private requireOpen(): void {
    if (this.closing !== undefined) throw closedError(`stream '${this.stream}'`);
  }

  /** Applies changes a turn later, in call order, so that nothing is visible before its promise is settled. */
  private inOrder(change: () => void): Promise<void> {
    const { sequence } = this;
    const done = this.last.then(change);
    this.last = done.catch(() => {
      // What was called since may count from elsewhere: from the head after an earlier refusal, from a discard.
      if (this.sequence === sequence) this.sequence = { tail: this.head };
    });
    return done;
  }
}
