import type { StoredRecord } from './record.js';
import type { StreamState } from './stream-state.js';

/** A whole batch. */
export interface AssembledBatch {
  readonly events: readonly Uint8Array[];
  /** The stream after it. */
  readonly state: StreamState;
}

/** Puts batches together from records in order of sequence. Those of a writer that died in the middle do not count. */
export class BatchAssembly {
  private records: StoredRecord[] = [];

  /** @returns the batch that `record` completes. */
  add(record: StoredRecord): AssembledBatch | undefined {
    if (record.part === 0) this.records = [];
    const isNext = record.part === this.records.length;
    if (!isNext || (this.records[0] ?? record).base !== record.base) {
      this.records = [];
      return undefined;
    }
    this.records.push(record);
    if (record.state === undefined) return undefined;
    const events = this.records.flatMap((part) => part.events);
    this.records = [];
    return { events, state: record.state };
  }
}
