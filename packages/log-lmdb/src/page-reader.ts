import type { Transaction } from 'lmdb';
import { SluiceError, type PageLimits } from '@sluice/engine';
import { StoredChunk } from './chunk.js';
import type { EventTable } from './lmdb-tables.js';
import { Slab } from './slab.js';

/** Cuts pages out of stored chunks. */
export class PageReader {
  /** The chunk that was read last; the next page often begins in it. */
  private last = { id: 0, end: 0 };

  constructor(
    private readonly stream: string,
    private readonly table: EventTable,
  ) {}

  /**
   * Copies of the events from `from` to at most `head`.
   *
   * @param transaction The view to read from; default: the newest.
   */
  page(
    from: number,
    head: number,
    limits: PageLimits,
    transaction: Transaction | undefined,
  ): Uint8Array[] {
    const page: Uint8Array[] = [];
    let slab: Slab | undefined;
    let room = limits.bytes;
    let chunkId = from > head ? from : this.chunkOf(from, transaction);
    while (chunkId <= head && page.length < limits.events) {
      const chunk = this.chunkAt(chunkId, transaction);
      const begin = Math.max(from - chunkId, 0);
      const end = Math.min(chunk.count, begin + limits.events - page.length, head + 1 - chunkId);
      const fitting = countFitting(chunk, begin, end, room, page.length === 0);
      slab ??= new Slab(Math.min(limits.bytes, limits.events * chunk.averageBytes));
      room -= copyEvents(chunk, begin, begin + fitting, slab, page);
      if (begin + fitting < end) break;
      chunkId += chunk.count;
    }
    return page;
  }

  /** To be called when events are removed. */
  forget(): void {
    this.last = { id: 0, end: 0 };
  }

  /** Key of the chunk that holds the event. */
  private chunkOf(id: number, transaction: Transaction | undefined): number {
    if (id >= this.last.id && id < this.last.end) return this.last.id;
    const view = transaction === undefined ? {} : { transaction };
    const range = { start: id, end: undefined, reverse: true, limit: 1 };
    const [key] = this.table.getKeys({ ...range, ...view });
    if (key === undefined) throw this.missing(id);
    return key;
  }

  private chunkAt(id: number, transaction: Transaction | undefined): StoredChunk {
    const value = this.table.getBinaryFast(
      id,
      transaction === undefined ? undefined : { transaction },
    );
    if (value === undefined) throw this.missing(id);
    const chunk = new StoredChunk(value, value.length);
    this.last = { id, end: id + chunk.count };
    return chunk;
  }

  private missing(id: number): SluiceError {
    return new SluiceError(
      'INTERNAL',
      `event ${id} of stream '${this.stream}' is missing in the file`,
      {
        details: { reason: 'corrupt', id },
      },
    );
  }
}

/** How many events from `begin` on fit into `room` bytes; the first of a page always does. */
function countFitting(
  chunk: StoredChunk,
  begin: number,
  end: number,
  room: number,
  isFirst: boolean,
): number {
  const start = chunk.endOf(begin - 1);
  if (chunk.endOf(end - 1) - start <= room) return end - begin;
  let index = isFirst ? begin + 1 : begin;
  while (index < end && chunk.endOf(index) - start <= room) index += 1;
  return index - begin;
}

/** Appends copies of the events to `page`. @returns their bytes. */
function copyEvents(
  chunk: StoredChunk,
  begin: number,
  end: number,
  slab: Slab,
  page: Uint8Array[],
): number {
  const start = chunk.endOf(begin - 1);
  const stop = chunk.endOf(end - 1);
  if (end <= begin) return 0;
  const copy = slab.copy(chunk.slice(start, stop));
  let position = 0;
  for (let index = begin; index < end; index += 1) {
    const next = chunk.endOf(index) - start;
    page.push(copy.subarray(position, next));
    position = next;
  }
  return stop - start;
}
