/** The event log for tests and for applications that may forget everything when they end. */
import { SluiceError } from '../errors.js';
import type {
  DiscardOptions,
  EventLog,
  EventLogStore,
  LogEntry,
  LogMarks,
  LogPage,
  LogRetention,
  OpenStreamOptions,
  PageLimits,
} from './event-log.js';
import {
  checkAppend,
  checkDiscard,
  checkRead,
  checkRetention,
  closedError,
  keptMarks,
} from './log-rules.js';
import { MemoryEvents } from './memory-events.js';

/**
 * A store in memory. A stream that is closed and opened again in the same store still has its events; they are
 * gone when the store is closed. Events are kept by reference, not copied.
 */
export function memoryLog(): EventLogStore {
  return new MemoryLogStore();
}

class MemoryLogStore implements EventLogStore {
  private readonly contents = new Map<string, StreamContent>();
  private readonly logs = new Map<string, MemoryLog>();
  private closed = false;

  async open(stream: string, options: OpenStreamOptions): Promise<EventLog> {
    await Promise.resolve();
    if (this.closed) throw closedError('event log store');
    if (this.logs.has(stream)) {
      throw new SluiceError('STATE', `stream '${stream}' is already open`, { details: { stream } });
    }
    const { epoch, retention = {} } = options;
    checkRetention(retention);
    const content = this.contents.get(stream) ?? newContent(epoch);
    this.contents.set(stream, content);
    const log = new MemoryLog(stream, content, retention, () => this.logs.delete(stream));
    this.logs.set(stream, log);
    return log;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.logs.values()].map((log) => log.close()));
    this.contents.clear();
  }
}

/** What outlives a closed stream. */
interface StreamContent {
  epoch: string;
  marks: LogMarks;
  events: MemoryEvents;
}

function newContent(epoch: string): StreamContent {
  return { epoch, marks: {}, events: new MemoryEvents(0) };
}

class MemoryLog implements EventLog {
  /** Head once everything that was called is done. */
  private tail: number;
  private last: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    readonly stream: string,
    private readonly content: StreamContent,
    private readonly retention: LogRetention,
    private readonly onClose: () => void,
  ) {
    this.tail = content.events.head;
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
    checkAppend(entries, this.tail + 1, marks);
    this.tail += entries.length;
    const batch = entries.map(({ bytes }) => bytes);
    await this.inOrder(() => {
      this.content.events.append(batch);
      this.content.events.trim(this.retention);
      this.content.marks = { ...this.content.marks, ...marks };
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
    this.tail = firstId - 1;
    await this.inOrder(() => {
      this.content.epoch = options.epoch;
      this.content.marks = keptMarks(this.content.marks, options.keepMarks);
      this.content.events = new MemoryEvents(firstId);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.last;
    this.onClose();
  }

  private requireOpen(): void {
    if (this.closed) throw closedError(`stream '${this.stream}'`);
  }

  /** Applies changes a turn later, in call order, so that nothing is visible before its promise is settled. */
  private inOrder(change: () => void): Promise<void> {
    this.last = this.last.then(change);
    return this.last;
  }
}
