import { checkRead, type LogPage, type PageLimits } from '@sluice/engine';
import { logFault } from './log-faults.js';
import { PageReader } from './page-reader.js';
import { RecordCache } from './record-cache.js';
import { MissingRecordError, RecordSearch } from './record-search.js';
import type { StoredRecord } from './record.js';
import type { StreamLink } from './stream-link.js';
import type { StreamState } from './stream-state.js';

/** What is stored, as far as this process knows: its own appends, or what it has followed. */
export class StoredContent {
  readonly search: RecordSearch;
  private readonly cache: RecordCache;
  private readonly reader: PageReader;
  private readonly reads = new Set<Promise<unknown>>();
  private current: StreamState;
  private last: number;
  /** Counts changes of the state, so that a slow look at the server does not undo one. */
  private changes = 0;

  /**
   * @param state as stored by the record at `lastCommit`, the last that counts.
   */
  constructor(
    private readonly link: StreamLink,
    state: StreamState,
    lastCommit: number,
  ) {
    this.current = state;
    this.last = lastCommit;
    this.cache = new RecordCache(link);
    this.search = new RecordSearch(this.cache);
    this.reader = new PageReader(this.search);
  }

  get state(): StreamState {
    return this.current;
  }

  /** Sequence of the last record that counts. */
  get lastCommit(): number {
    return this.last;
  }

  /** A batch was stored, or the epoch has changed: `state` as of the record at `lastCommit`. */
  move(state: StreamState, lastCommit: number): void {
    if (state.epoch !== this.current.epoch) this.reader.forget();
    this.current = this.withoutRemoved(state);
    this.last = lastCommit;
    this.changes += 1;
  }

  /** Keeps a record that came by, for readers that are only a little behind. */
  keep(record: StoredRecord): void {
    this.cache.keep(record);
  }

  async read(from: number, limits: PageLimits): Promise<LogPage> {
    checkRead(from, limits, this.current.first);
    if (from > this.current.head) return { from, events: [] };
    const reading = this.readStored(from, limits);
    this.reads.add(reading);
    try {
      return await reading;
    } finally {
      this.reads.delete(reading);
    }
  }

  /** Resolves when no read is under way that began before now. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.reads);
  }

  /** Ends what is fetched ahead. */
  close(): void {
    this.cache.close();
  }

  /**
   * Takes notice that messages were removed by somebody else: events before the first that is left are forgotten.
   *
   * @param firstSeq Sequence of the first message the server has.
   */
  async forgetBefore(firstSeq: number): Promise<void> {
    for (;;) {
      const { changes } = this;
      const batch = await this.search.firstBatch(firstSeq, this.last);
      if (changes !== this.changes) continue;
      const state = this.current;
      const left =
        batch === undefined
          ? { first: state.head + 1, newest: state.head + 1, forgotten: state.total, firstSeq }
          : { first: batch.base, forgotten: batch.before, firstSeq: batch.seq };
      this.move({ ...state, ...left }, this.last);
      return;
    }
  }

  /**
   * Sequence of the first message that is left, if `error` says that one before it is missing: somebody has removed the
   * beginning of the stream. Throws `error` otherwise.
   */
  async beginningAfter(error: unknown): Promise<number> {
    if (!(error instanceof MissingRecordError)) throw error;
    const { seq } = error;
    const { state } = await this.link.info();
    if (state.first_seq > seq) return state.first_seq;
    throw logFault(this.link.stream, 'damaged', `message ${seq} is missing`, { details: { seq } });
  }

  /** The writer may not have noticed yet that somebody has removed the beginning. */
  private withoutRemoved(state: StreamState): StreamState {
    const { epoch, first, firstSeq, forgotten } = this.current;
    const isKnown = epoch === state.epoch && firstSeq > state.firstSeq && first > state.first;
    return isKnown ? { ...state, first, firstSeq, forgotten } : state;
  }

  private async readStored(from: number, limits: PageLimits): Promise<LogPage> {
    const { head, firstSeq } = this.current;
    const view = { head, firstSeq, lastSeq: this.last };
    try {
      return { from, events: await this.reader.page(from, limits, view) };
    } catch (error) {
      await this.forgetBefore(await this.beginningAfter(error));
      checkRead(from, limits, this.current.first);
      return this.readStored(from, limits);
    }
  }
}
