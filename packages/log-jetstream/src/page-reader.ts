import type { PageLimits } from '@sluice/engine';
import type { RecordSearch } from './record-search.js';
import type { StoredRecord } from './record.js';

/** The part of a stream that a read may see. */
export interface ReadView {
  readonly head: number;
  /** Sequences between which the events of the view are. */
  readonly firstSeq: number;
  readonly lastSeq: number;
}

const MOST_AHEAD = 32;
const REMEMBERED_PLACES = 4096;

/** Reads pages. A reader that goes on where a page ended needs no search. */
export class PageReader {
  /** Sequence from which to look for an event, by its id: the ends of the latest pages. */
  private readonly places = new Map<number, number>();

  constructor(private readonly search: RecordSearch) {}

  /** @param from an event that is stored in the view. */
  async page(from: number, limits: PageLimits, view: ReadView): Promise<Uint8Array[]> {
    const events: Uint8Array[] = [];
    let bytes = 0;
    let id = from;
    let record = await this.begin(id, view);
    let fetched = record.seq;
    for (;;) {
      const room = { events: limits.events, bytes: limits.bytes - bytes };
      const taken = take(record, id, events, room);
      bytes += taken.bytes;
      id += taken.count;
      const isUsedUp = id >= record.id + record.count;
      this.remember(id, isUsedUp ? record.seq + 1 : record.seq);
      if (!isUsedUp || id > view.head || events.length === limits.events) return events;
      const wanted = Math.min(limits.events - events.length, (limits.bytes - bytes) / record.size);
      const until = Math.min(record.seq + Math.min(wanted, MOST_AHEAD), view.lastSeq);
      while (fetched < until) this.fetchAhead(++fetched);
      record = await this.from(record.seq + 1, id, view);
    }
  }

  private begin(id: number, view: ReadView): Promise<StoredRecord> {
    const place = this.places.get(id) ?? 0;
    if (place >= view.firstSeq && place <= view.lastSeq) return this.from(place, id, view);
    return this.search.holding(id, view.firstSeq, view.lastSeq);
  }

  /** The record of event `id`, which is at `seq` unless records without events or of unfinished batches are there. */
  private async from(seq: number, id: number, view: ReadView): Promise<StoredRecord> {
    for (let at = seq; at <= view.lastSeq; at += 1) {
      const record = await this.search.at(at);
      if (await this.continues(record, id, view)) return record;
      if (record.count > 0) break;
    }
    return this.search.holding(id, view.firstSeq, view.lastSeq);
  }

  /** Whether `record` holds `id` and counts. */
  private async continues(record: StoredRecord, id: number, view: ReadView): Promise<boolean> {
    if (id < record.id || id >= record.id + record.count) return false;
    return record.part > 0 || (await this.search.beginsBatch(record, view.lastSeq));
  }

  private fetchAhead(seq: number): void {
    // Whoever needs the record hears of a failure.
    this.search.at(seq).catch(() => undefined);
  }

  private remember(id: number, seq: number): void {
    this.places.delete(id);
    this.places.set(id, seq);
    if (this.places.size <= REMEMBERED_PLACES) return;
    const [oldest] = this.places.keys();
    if (oldest !== undefined) this.places.delete(oldest);
  }

  /** Called when ids begin anew. */
  forget(): void {
    this.places.clear();
  }
}

/** Moves events from `id` on into the page while there is room. The first event of a page has room anyway. */
function take(
  record: StoredRecord,
  id: number,
  page: Uint8Array[],
  room: PageLimits,
): { readonly count: number; readonly bytes: number } {
  let bytes = 0;
  let count = 0;
  for (const event of record.events.slice(id - record.id)) {
    const isFull = page.length > 0 && bytes + event.length > room.bytes;
    if (isFull || page.length === room.events) break;
    page.push(event);
    bytes += event.length;
    count += 1;
  }
  return { count, bytes };
}
