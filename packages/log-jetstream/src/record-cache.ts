import type { StoredRecord } from './record.js';

const CACHE_BYTES = 8 * 1024 * 1024;

/** The records that were read last, so that clients at the same place cost one request. */
export class RecordCache {
  private readonly records = new Map<number, StoredRecord>();
  private readonly fetching = new Map<number, Promise<StoredRecord | undefined>>();
  private bytes = 0;

  constructor(private readonly fetch: (seq: number) => Promise<StoredRecord | undefined>) {}

  /** The record at `seq`; undefined if the stream has none there. */
  get(seq: number): Promise<StoredRecord | undefined> {
    const known = this.records.get(seq);
    if (known !== undefined) return Promise.resolve(known);
    let fetched = this.fetching.get(seq);
    if (fetched === undefined) {
      fetched = this.fetchAndKeep(seq);
      this.fetching.set(seq, fetched);
    }
    return fetched;
  }

  private async fetchAndKeep(seq: number): Promise<StoredRecord | undefined> {
    try {
      const record = await this.fetch(seq);
      if (record !== undefined) this.keep(record);
      return record;
    } finally {
      this.fetching.delete(seq);
    }
  }

  private keep(record: StoredRecord): void {
    this.records.set(record.seq, record);
    this.bytes += record.size;
    for (const [seq, { size }] of this.records) {
      if (this.bytes <= CACHE_BYTES) break;
      this.records.delete(seq);
      this.bytes -= size;
    }
  }
}
