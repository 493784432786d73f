import { randomUUID } from 'node:crypto';
import {
  checkAppend,
  checkDiscard,
  checkTurn,
  closedError,
  keptMarks,
  SluiceError,
  type AppendSequence,
  type DiscardOptions,
  type EventLog,
  type LogEntry,
  type LogMarks,
  type LogPage,
  type LogRetention,
  type PageLimits,
} from '@sluice/engine';
import { batchRecords, emptyStreamRecord } from './batch-records.js';
import { isFinal, logFault } from './log-faults.js';
import { StoredContent } from './stored-content.js';
import type { StreamLink } from './stream-link.js';
import { appended, emptyState, keepsTooMuch, type StreamState } from './stream-state.js';

/** What the store hands to a stream. */
export interface StreamParts {
  readonly stream: string;
  readonly link: StreamLink;
  /** As stored by the record at `lastCommit`, the last that counts. */
  readonly state: StreamState;
  readonly lastCommit: number;
  /** Where the JetStream stream ends: beyond `lastCommit` if a writer died in the middle of a batch. */
  readonly lastSeq: number;
  /** Sequence of the first message on the server, which may be forgotten already. */
  readonly firstSeq: number;
  readonly retention: LogRetention;
  /** Milliseconds that closing waits for appends which the server does not answer. */
  readonly closeTimeout: number;
  /** Hears why the stream takes no more appends. */
  readonly onFailure: (error: SluiceError) => void;
  readonly onClose: () => void;
}

/** Forgotten records are removed from the server when this many have come together. */
const REMOVE_AT_ONCE = 64;

/** One stream on a JetStream server. */
export class JetStreamEventLog implements EventLog {
  private readonly content: StoredContent;
  private lastSeq: number;
  private sequence: AppendSequence;
  private last: Promise<unknown> = Promise.resolve();
  private failure: SluiceError | undefined;
  private readonly lossListeners = new Set<(error: SluiceError) => void>();
  private closing: Promise<void> | undefined;
  /** Sequence before which messages were removed from the server, and the removal under way. */
  private removed: number;
  private removing: Promise<void> = Promise.resolve();
  /** Ids of messages: this writer and a number. */
  private readonly writer = randomUUID();
  private messages = 0;

  constructor(private readonly parts: StreamParts) {
    this.content = new StoredContent(parts.link, parts.state, parts.lastCommit);
    this.lastSeq = parts.lastSeq;
    this.sequence = { tail: parts.state.head, isBroken: false };
    this.removed = parts.firstSeq;
  }

  get stream(): string {
    return this.parts.stream;
  }

  get epoch(): string {
    return this.state.epoch;
  }

  get marks(): LogMarks {
    return this.state.marks;
  }

  get first(): number {
    return this.state.first;
  }

  get head(): number {
    return this.state.head;
  }

  async append(entries: readonly LogEntry[], marks: LogMarks = {}): Promise<void> {
    this.requireOpen();
    const { sequence } = this;
    checkAppend(entries, sequence.tail + 1, marks);
    sequence.tail += entries.length;
    const store = async (): Promise<void> => {
      checkTurn(entries, this.head + 1, sequence);
      await this.store(
        entries.map(({ bytes }) => bytes),
        marks,
      );
    };
    // What is behind marks alone does not depend on them.
    await this.inOrder(store, entries.length > 0 ? sequence : undefined);
  }

  async read(from: number, limits: PageLimits): Promise<LogPage> {
    this.requireOpen();
    return this.content.read(from, limits);
  }

  async discard(options: DiscardOptions): Promise<void> {
    this.requireOpen();
    const firstId = checkDiscard(options);
    const sequence = { tail: firstId - 1, isBroken: false };
    this.sequence = sequence;
    await this.inOrder(async () => {
      const marks = keptMarks(this.marks, options.keepMarks);
      const state = emptyState(options.epoch, firstId, this.lastSeq + 1, marks);
      await this.commit([emptyStreamRecord(state)], state);
    }, sequence);
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  onLost(listener: (error: SluiceError) => void): () => void {
    if (this.failure !== undefined) listener(this.failure);
    this.lossListeners.add(listener);
    return () => this.lossListeners.delete(listener);
  }

  /** See {@link StoredContent.forgetBefore}. */
  forgetBefore(firstSeq: number): Promise<void> {
    return this.content.forgetBefore(firstSeq);
  }

  /** Makes sure that whoever wrote before is refused from now on. @throws SluiceError `fenced` if it was faster. */
  takeOver(): Promise<void> {
    return this.append([]);
  }

  /** No append from now on; what is stored can be read. */
  fail(error: SluiceError): void {
    if (this.failure !== undefined || this.closing !== undefined) return;
    this.failure = error;
    this.parts.onFailure(error);
    for (const listener of this.lossListeners) listener(error);
  }

  private get state(): StreamState {
    return this.content.state;
  }

  private async store(events: readonly Uint8Array[], marks: LogMarks): Promise<void> {
    const bytes = events.reduce((sum, { length }) => sum + length, 0);
    const batch = { events: events.length, bytes };
    let kept: StreamState;
    try {
      kept = await this.trimmed(appended(this.state, batch, marks));
    } catch (error) {
      await this.forgetBefore(await this.content.beginningAfter(error));
      kept = await this.trimmed(appended(this.state, batch, marks));
    }
    await this.commit(batchRecords(events, this.state, kept, this.parts.link.maxPayload), kept);
  }

  /** `state`, which is about to be stored, without the batches that retention forgets. */
  private async trimmed(state: StreamState): Promise<StreamState> {
    let kept = state;
    while (keepsTooMuch(kept, this.parts.retention)) {
      const oldest = await this.content.search.firstBatch(kept.firstSeq, this.content.lastCommit);
      // What is left is the batch that is about to be stored.
      if (oldest === undefined) break;
      kept = {
        ...kept,
        first: oldest.base + oldest.batchEvents,
        forgotten: oldest.before + oldest.batchBytes,
        firstSeq: oldest.seq + oldest.parts,
      };
    }
    return kept;
  }

  private async commit(records: readonly Uint8Array[], state: StreamState): Promise<void> {
    const { link } = this.parts;
    const room = link.maxPayload - HEADER_BYTES;
    const largest = records.reduce((most, { length }) => Math.max(most, length), 0);
    if (largest > room) {
      throw logFault(this.stream, 'too-large', `an event makes a message of ${largest} bytes`, {
        details: { limit: 'max_payload', value: link.maxPayload },
      });
    }
    const messages = records.map((payload) => ({ payload, msgID: this.nextMessageId() }));
    await link.publishAll(messages, this.lastSeq, () => (this.lastSeq += 1));
    this.content.move(state, this.lastSeq);
    this.removeForgotten();
  }

  private nextMessageId(): string {
    this.messages += 1;
    return `${this.writer}:${this.messages}`;
  }

  /** Removes forgotten messages behind everybody's back, once no read that may need them is under way. */
  private removeForgotten(): void {
    const { firstSeq } = this.state;
    if (firstSeq - this.removed < REMOVE_AT_ONCE) return;
    this.removed = firstSeq;
    const read = this.content.settled();
    this.removing = this.removing.then(async () => {
      await read;
      await this.parts.link.removeBefore(firstSeq);
    });
  }

  private async end(): Promise<void> {
    const { link, closeTimeout } = this.parts;
    const giveUp = setTimeout(() => link.close(this.unanswered()), closeTimeout);
    await this.last;
    await this.removing;
    clearTimeout(giveUp);
    this.content.close();
    link.close();
    this.parts.onClose();
  }

  private unanswered(): SluiceError {
    const what = 'the log was closed before the server answered, the batch may be stored or not';
    return logFault(this.stream, 'unreachable', what);
  }

  /**
   * One change after the other, in call order.
   *
   * @param sequence what a refusal of the change breaks.
   */
  private inOrder(
    change: () => Promise<void>,
    sequence: AppendSequence | undefined,
  ): Promise<void> {
    const done = this.last.then(async () => {
      if (this.failure !== undefined) throw this.failure;
      try {
        await change();
      } catch (error) {
        if (isFinal(error)) this.fail(SluiceError.from(error));
        if (sequence !== undefined) this.break(sequence);
        throw error;
      }
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  private break(sequence: AppendSequence): void {
    sequence.isBroken = true;
    // What was called since may count from elsewhere: from the head after an earlier refusal, from a discard.
    if (this.sequence === sequence) this.sequence = { tail: this.head, isBroken: false };
  }

  private requireOpen(): void {
    if (this.closing !== undefined) throw closedError(`stream '${this.stream}'`);
  }
}

/** Room for the headers of a message. */
const HEADER_BYTES = 512;
