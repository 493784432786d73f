import { ReadAhead } from './read-ahead.js';
import type { StoredRecord } from './record.js';
import type { StreamLink } from './stream-link.js';

const CACHE_BYTES = 32 * 1024 * 1024;

/** The records that were read last, so that clients near the same place cost one request. */
export class RecordCache {
  /** Two generations: when the young one has half of the room, the old one is forgotten at once. */
  private young = new Map<number, StoredRecord>();
  private old = new Map<number, StoredRecord>();
  private readonly fetching = new Map<number, Promise<StoredRecord | undefined>>();
  private readonly aheadOfReaders: ReadAhead;
  private bytes = 0;

  constructor(private readonly link: StreamLink) {
    this.aheadOfReaders = new ReadAhead(link, CACHE_BYTES, (record) => this.keep(record));
  }

  /** The record at `seq`, at once if it is here; undefined if the stream has none there. */
  get(seq: number): StoredRecord | Promise<StoredRecord | undefined> {
    const known = this.young.get(seq) ?? this.old.get(seq);
    if (known !== undefined) return known;
    let fetched = this.fetching.get(seq);
    if (fetched === undefined) {
      fetched = this.fetchAndKeep(seq);
      this.fetching.set(seq, fetched);
    }
    return fetched;
  }

  /** Takes a record that was read by the way. */
  keep(record: StoredRecord): void {
    if (this.young.has(record.seq)) return;
    this.young.set(record.seq, record);
    this.bytes += record.size;
    if (this.bytes < CACHE_BYTES / 2) return;
    this.old = this.young;
    this.young = new Map();
    this.bytes = 0;
  }

  /** See {@link ReadAhead.ensure}. */
  ahead(seq: number, until: number): boolean {
    return this.aheadOfReaders.ensure(seq, until);
  }

  close(): void {
    this.aheadOfReaders.close();
  }

  private async fetchAndKeep(seq: number): Promise<StoredRecord | undefined> {
    try {
      const arrived = await this.aheadOfReaders.arrival(seq);
      if (arrived !== undefined) return arrived;
      const record = await this.link.record(seq);
      if (record !== undefined) this.keep(record);
      return record;
    } finally {
      this.fetching.delete(seq);
    }
  }
}
