import type { Transaction } from 'lmdb';
import {
  checkAppend,
  checkDiscard,
  checkRead,
  checkTurn,
  closedError,
  keptMarks,
  type AppendSequence,
  type DiscardOptions,
  type EventLog,
  type LogEntry,
  type LogMarks,
  type LogPage,
  type LogRetention,
  type PageLimits,
} from '@sluice/engine';
import type { CommitMember, CommitQueue } from './commit-queue.js';
import type { LmdbEnvironment, Write } from './lmdb-environment.js';
import { recordBytes, type EventTable, type StreamRecord } from './lmdb-tables.js';
import { PageReader } from './page-reader.js';
import { StreamDraft } from './stream-draft.js';

/** What the store hands to a stream. */
export interface StreamParts {
  readonly stream: string;
  readonly environment: LmdbEnvironment;
  readonly queue: CommitQueue;
  readonly table: EventTable;
  readonly record: StreamRecord;
  readonly retention: LogRetention;
  readonly onClose: () => void;
}

/** One stream in an LMDB file. */
export class LmdbEventLog implements EventLog, CommitMember {
  private record: StreamRecord;
  /** Changes of the transaction that is under way. */
  private draft: StreamDraft | undefined;
  /** The data before that transaction, if it removes events that may be read until it is stored. */
  private pinned: Transaction | undefined;
  private sequence: AppendSequence;
  /** What breaks if the transaction fails that is under way: the last sequence in it, nothing waits for those before. */
  private drafted: AppendSequence | undefined;
  private readonly reader: PageReader;
  private readonly unfinished = new Set<Promise<void>>();
  private closing: Promise<void> | undefined;

  constructor(private readonly parts: StreamParts) {
    this.record = parts.record;
    this.sequence = { tail: parts.record.head, isBroken: false };
    this.reader = new PageReader(parts.stream, parts.table);
  }

  get stream(): string {
    return this.parts.stream;
  }

  get epoch(): string {
    return this.record.epoch;
  }

  get marks(): LogMarks {
    return this.record.marks;
  }

  get first(): number {
    return this.record.first;
  }

  get head(): number {
    return this.record.head;
  }

  async append(entries: readonly LogEntry[], marks: LogMarks = {}): Promise<void> {
    this.requireOpen();
    const { sequence } = this;
    checkAppend(entries, sequence.tail + 1, marks);
    sequence.tail += entries.length;
    const events = entries.map(({ bytes }) => bytes);
    await this.submit((draft) => {
      checkTurn(entries, draft.record.head + 1, sequence);
      // What is behind marks alone does not depend on them.
      if (entries.length > 0) this.drafted = sequence;
      return draft.append(events, marks);
    });
  }

  read(from: number, limits: PageLimits): LogPage {
    this.requireOpen();
    checkRead(from, limits, this.first);
    return { from, events: this.reader.page(from, this.head, limits, this.pinned) };
  }

  async discard(options: DiscardOptions): Promise<void> {
    this.requireOpen();
    const firstId = checkDiscard(options);
    const sequence = { tail: firstId - 1, isBroken: false };
    this.sequence = sequence;
    await this.submit((draft) => {
      this.drafted = sequence;
      const marks = keptMarks(draft.record.marks, options.keepMarks);
      return draft.discard(options.epoch, firstId, marks);
    });
  }

  close(): Promise<void> {
    this.closing ??= Promise.allSettled(this.unfinished).then(this.parts.onClose);
    return this.closing;
  }

  seal(): Write[] {
    const draft = this.changes();
    const writes = draft.trim(this.parts.retention);
    if (draft.removesEvents) this.pinned = this.parts.environment.pin();
    const { streams } = this.parts.environment;
    writes.push((done) => streams.putRecord(this.stream, draft.record, done));
    return writes;
  }

  get growth(): number {
    return this.changes().record.bytes - this.record.bytes;
  }

  get written(): number {
    const { written, record } = this.changes();
    return written + recordBytes(record);
  }

  committed(): void {
    const draft = this.changes();
    this.record = draft.record;
    if (draft.removesEvents) this.reader.forget();
    this.end();
  }

  rolledBack(): void {
    const { drafted } = this;
    if (drafted !== undefined) drafted.isBroken = true;
    // What was called since may count from elsewhere: from a discard.
    if (this.sequence === drafted) this.sequence = { tail: this.head, isBroken: false };
    this.end();
  }

  private submit(change: (draft: StreamDraft) => Write[]): Promise<void> {
    const done = this.parts.queue.submit(this, () => change(this.changes()));
    this.unfinished.add(done);
    const forget = (): boolean => this.unfinished.delete(done);
    done.then(forget, forget);
    return done;
  }

  private changes(): StreamDraft {
    this.draft ??= new StreamDraft(this.parts.table, this.record);
    return this.draft;
  }

  private end(): void {
    this.draft = undefined;
    this.drafted = undefined;
    if (this.pinned !== undefined) this.parts.environment.unpin(this.pinned);
    this.pinned = undefined;
  }

  private requireOpen(): void {
    if (this.closing !== undefined) throw closedError(`stream '${this.stream}'`);
  }
}
