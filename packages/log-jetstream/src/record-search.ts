/**
 * Where events are. Ids follow sequences, but not one by one: a record holds many events, and a writer that died in the
 * middle of a batch of several records leaves some that do not count. What never falls from one sequence to the next
 * within an epoch is the first id of the batch, so a search by halves finds any id in a few requests.
 */
import type { RecordCache } from './record-cache.js';
import type { RecordHeader, StoredRecord } from './record.js';

/** Thrown when a record that must be there is not. */
export class MissingRecordError extends Error {
  constructor(readonly seq: number) {
    super(`no message at sequence ${seq}`);
  }
}

/** Headers that are kept, of some 150 bytes each. */
const KEPT_HEADERS = 16_384;

type Place = Pick<RecordHeader, 'base' | 'id'>;

export class RecordSearch {
  /** What searches came by, by sequence: the next search needs the same ones first. */
  private readonly known = new Map<number, Place>();

  constructor(private readonly records: RecordCache) {}

  /** At once if the record is here. @throws MissingRecordError if there is no record at `seq`. */
  at(seq: number): StoredRecord | Promise<StoredRecord> {
    const record = this.records.get(seq);
    return record instanceof Promise ? record.then((found) => present(found, seq)) : record;
  }

  /** Fetches ahead for a reader that needs `seq`. @returns false if there are too many readers for that. */
  ahead(seq: number, until: number): boolean {
    return this.records.ahead(seq, until);
  }

  /** The record that holds event `id`, which is stored between the sequences `from` and `to`. */
  async holding(id: number, from: number, to: number): Promise<StoredRecord> {
    const inBatch = await this.last(from, to, ({ base }) => base <= id);
    // The last such record ends a batch that counts; its other records come right before it.
    return this.last(inBatch.seq - inBatch.part, inBatch.seq, (record) => record.id <= id);
  }

  /** The first record of the first batch that has events and counts, from sequence `from` to `to`. */
  async firstBatch(from: number, to: number): Promise<StoredRecord | undefined> {
    for (let seq = from; seq <= to; seq += 1) {
      const record = await this.at(seq);
      if (await this.beginsBatch(record, to)) return record;
    }
    return undefined;
  }

  /** Whether `record` begins a batch that has events and whose records are all there. */
  async beginsBatch({ seq, base, count, part, parts }: StoredRecord, to: number): Promise<boolean> {
    if (part !== 0 || count === 0) return false;
    const end = seq + parts - 1;
    if (end > to) return false;
    if (parts === 1) return true;
    // A later attempt at the same batch cannot have come as far as this at the same sequence.
    const last = await this.at(end);
    return last.base === base && last.part === parts - 1;
  }

  /** The last record in a range for which `isBefore` holds; it holds for the first and never again after it failed. */
  private async last(
    from: number,
    to: number,
    isBefore: (place: Place) => boolean,
  ): Promise<StoredRecord> {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = roundestBetween(low, high);
      if (isBefore(await this.place(middle))) low = middle;
      else high = middle - 1;
    }
    return this.at(low);
  }

  private async place(seq: number): Promise<Place> {
    const known = this.known.get(seq);
    if (known !== undefined) return known;
    const { base, id } = await this.at(seq);
    if (this.known.size === KEPT_HEADERS) this.known.clear();
    this.known.set(seq, { base, id });
    return { base, id };
  }
}

function present(record: StoredRecord | undefined, seq: number): StoredRecord {
  if (record === undefined) throw new MissingRecordError(seq);
  return record;
}

/**
 * The number above `low`, and not above `high`, that can be halved most often. So searches meet at the same places
 * although the stream grows at one end and is forgotten at the other.
 */
function roundestBetween(low: number, high: number): number {
  let step = 1;
  while (Math.floor(high / (step * 2)) * step * 2 > low) step *= 2;
  return Math.floor(high / step) * step;
}
