import type { LogMarks, LogRetention } from '@sluice/engine';
import { packBatch, StoredChunk, type PackedChunk } from './chunk.js';
import type { Write } from './lmdb-environment.js';
import type { EventTable, StreamRecord } from './lmdb-tables.js';

/** What trimming must know of a chunk. */
type ChunkExtent = Pick<PackedChunk, 'id' | 'count' | 'bytes' | 'beginsBatch'>;

/** Chunks forgotten per commit beyond those it adds, so that new retention on an old log does not stall it. */
const EXTRA_TRIMMED_CHUNKS = 1024;

/** The changes of one stream in one transaction, and its record after them. */
export class StreamDraft {
  /** Whether events that could be read before the transaction cannot be read after it. */
  removesEvents = false;
  /** Bytes of chunks that the transaction writes. */
  written = 0;
  private readonly added = new Map<number, PackedChunk>();
  /** Id after the last event that is stored already; what follows is in `added`. */
  private storedEnd: number;

  constructor(
    private readonly table: EventTable,
    private current: StreamRecord,
  ) {
    this.storedEnd = current.head + 1;
  }

  get record(): StreamRecord {
    return this.current;
  }

  append(events: readonly Uint8Array[], marks: LogMarks): Write[] {
    const id = this.current.head + 1;
    const chunks = packBatch(id, events);
    for (const chunk of chunks) {
      this.added.set(chunk.id, chunk);
      this.written += chunk.value.length;
    }
    this.current = {
      ...this.current,
      head: this.current.head + events.length,
      bytes: chunks.reduce((sum, chunk) => sum + chunk.bytes, this.current.bytes),
      newest: events.length > 0 ? id : this.current.newest,
      marks: { ...this.current.marks, ...marks },
    };
    return chunks.map((chunk) => () => this.table.put(chunk.id, chunk.value, { append: true }));
  }

  discard(epoch: string, firstId: number, marks: LogMarks): Write[] {
    this.removesEvents = true;
    this.added.clear();
    this.storedEnd = firstId;
    this.current = { epoch, first: firstId, head: firstId - 1, bytes: 0, newest: firstId, marks };
    return [
      (done) => {
        this.table.clearAsync(done);
        return undefined;
      },
    ];
  }

  /** Forgets the oldest batches while there is more than `retention`; the newest always stays. */
  trim({ events = Infinity, bytes = Infinity }: LogRetention): Write[] {
    const removed: ChunkExtent[] = [];
    let { first, bytes: kept } = this.current;
    const { head, newest } = this.current;
    const mostRemoved = this.added.size + EXTRA_TRIMMED_CHUNKS;
    while (first < newest && (head - first + 1 > events || kept > bytes)) {
      const batch = this.batchAt(first);
      if (batch.length === 0 || removed.length >= mostRemoved) break;
      for (const chunk of batch) {
        removed.push(chunk);
        first += chunk.count;
        kept -= chunk.bytes;
      }
    }
    if (removed.length === 0) return [];
    this.removesEvents = true;
    this.current = { ...this.current, first, bytes: kept };
    return removed.map(({ id }) => (done) => {
      this.table.remove(id, done);
      return undefined;
    });
  }

  /** The chunks of the batch that begins at `first`. */
  private batchAt(first: number): ChunkExtent[] {
    const batch: ChunkExtent[] = [];
    let id = first;
    while (id < this.current.newest) {
      const chunk = this.chunkAt(id);
      if (chunk === undefined || (chunk.beginsBatch && id !== first)) break;
      batch.push(chunk);
      id += chunk.count;
    }
    return batch;
  }

  private chunkAt(id: number): ChunkExtent | undefined {
    if (id >= this.storedEnd) return this.added.get(id);
    const value = this.table.getBinaryFast(id);
    if (value === undefined) return undefined;
    const { count, bytes, beginsBatch } = new StoredChunk(value, value.length);
    return { id, count, bytes, beginsBatch };
  }
}
