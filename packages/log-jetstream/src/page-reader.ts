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
    const place = this.place(id, view);
    let isAhead = place !== undefined && this.search.ahead(place, view.lastSeq);
    let record =
      place === undefined
        ? await this.search.holding(id, view.firstSeq, view.lastSeq)
        : await this.from(place, id, view);
    let fetched = record.seq;
    for (;;) {
      const room = { events: limits.events, bytes: limits.bytes - bytes };
      const taken = take(record, id, events, room);
      bytes += taken.bytes;
      id += taken.count;
      const isUsedUp = id >= record.id + record.count;
      if (!isUsedUp || id > view.head || events.length === limits.events) {
        this.remember(id, isUsedUp ? record.seq + 1 : record.seq);
        return events;
      }
      if (!isAhead) {
        const room = { events: limits.events - events.length, bytes: limits.bytes - bytes };
        fetched = this.fetchSome(fetched, record, room, view);
      }
      const next = this.next(record, id, view);
      // Whatever is not here any more, or not yet, is the end of what was fetched ahead.
      if (next === undefined) isAhead &&= this.search.ahead(record.seq + 1, view.lastSeq);
      record = next ?? (await this.from(record.seq + 1, id, view));
    }
  }

  /** What follows `record` if it is here already and holds `id`: the common case, and it takes no turn. */
  private next({ seq }: StoredRecord, id: number, view: ReadView): StoredRecord | undefined {
    if (seq === view.lastSeq) return undefined;
    const record = this.search.at(seq + 1);
    if (record instanceof Promise) {
      record.catch(() => undefined);
      return undefined;
    }
    return record.id === id && record.count > 0 && record.parts === 1 ? record : undefined;
  }

  /** Requests for the next single records, as many as the page may need. @returns the last that was asked for. */
  private fetchSome(last: number, record: StoredRecord, room: PageLimits, view: ReadView): number {
    const wanted = Math.min(room.events, room.bytes / record.size, MOST_AHEAD);
    const until = Math.min(record.seq + wanted, view.lastSeq);
    let fetched = last;
    while (fetched < until) this.fetchAhead(++fetched);
    return fetched;
  }

  private place(id: number, { firstSeq, lastSeq }: ReadView): number | undefined {
    const place = this.places.get(id);
    return place !== undefined && place >= firstSeq && place <= lastSeq ? place : undefined;
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
    const record = this.search.at(seq);
    // Whoever needs the record hears of a failure.
    if (record instanceof Promise) record.catch(() => undefined);
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

const NOTHING = new Uint8Array(0);

/** Moves events from `id` on into the page while there is room. The first event of a page has room anyway. */
function take(
  record: StoredRecord,
  id: number,
  page: Uint8Array[],
  room: PageLimits,
): { readonly count: number; readonly bytes: number } {
  let bytes = 0;
  let count = 0;
  for (let index = id - record.id; index < record.count; index += 1) {
    const event = record.events[index] ?? NOTHING;
    const isFull = page.length > 0 && bytes + event.length > room.bytes;
    if (isFull || page.length === room.events) break;
    page.push(event);
    bytes += event.length;
    count += 1;
  }
  return { count, bytes };
}
