/**
 * How events lie in the file: several consecutive events of one batch in one LMDB value, so that a page of events
 * costs one look-up and one copy per chunk, not per event.
 *
 * Layout, little-endian, key = id of the first event (8 bytes, big-endian, so that keys sort by id):
 *
 *     u32 crc-32 of everything that follows
 *     u32 number of events, top bit set if the chunk begins a batch
 *     u32 end of each event's bytes, counted from the start of the first event
 *     the events' bytes
 */
import { crc32 } from 'node:zlib';

const BEGINS_BATCH = 0x8000_0000;
const FIXED_BYTES = 8;

/**
 * Most bytes of events in a chunk; a larger event gets a chunk of its own. With headers this fills eight pages of
 * 4096 bytes. Larger chunks read no faster, but make reading a single event out of a large batch dearer.
 */
export const CHUNK_BYTES = 32 * 1024 - 512;

/** A chunk ready to be stored. */
export interface PackedChunk {
  /** Id of the first event. */
  readonly id: number;
  /** Number of events. */
  readonly count: number;
  /** Bytes of events, without the chunk's own header. */
  readonly bytes: number;
  readonly beginsBatch: boolean;
  readonly value: Buffer;
}

/** Packs one batch into chunks. */
export function packBatch(id: number, events: readonly Uint8Array[]): PackedChunk[] {
  const chunks: PackedChunk[] = [];
  let start = 0;
  while (start < events.length) {
    let end = start;
    let bytes = 0;
    while (end < events.length) {
      const size = events[end]?.length ?? 0;
      if (end > start && bytes + size > CHUNK_BYTES) break;
      bytes += size;
      end += 1;
    }
    const value = packChunk(events, start, end, bytes);
    chunks.push({ id: id + start, count: end - start, bytes, beginsBatch: start === 0, value });
    start = end;
  }
  return chunks;
}

function packChunk(
  events: readonly Uint8Array[],
  start: number,
  end: number,
  bytes: number,
): Buffer {
  const count = end - start;
  const header = FIXED_BYTES + 4 * count;
  const value = Buffer.allocUnsafeSlow(header + bytes);
  value.writeUInt32LE((count | (start === 0 ? BEGINS_BATCH : 0)) >>> 0, 4);
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    const event = events[start + index] ?? EMPTY;
    value.set(event, header + position);
    position += event.length;
    value.writeUInt32LE(position, FIXED_BYTES + 4 * index);
  }
  value.writeUInt32LE(crc32(value.subarray(4)), 0);
  return value;
}

/** A stored chunk, read in place. Valid only until the next LMDB call: copy what is kept. */
export class StoredChunk {
  readonly count: number;
  readonly beginsBatch: boolean;
  private readonly header: number;
  private readonly view: DataView;

  /** @param size Number of valid bytes; LMDB's read buffer may be longer. */
  constructor(
    private readonly value: Uint8Array,
    private readonly size: number,
  ) {
    this.view = new DataView(value.buffer, value.byteOffset, size);
    const word = this.view.getUint32(4, true);
    this.count = word & ~BEGINS_BATCH;
    this.beginsBatch = (word & BEGINS_BATCH) !== 0;
    this.header = FIXED_BYTES + 4 * this.count;
  }

  /** Bytes of events. */
  get bytes(): number {
    return this.endOf(this.count - 1);
  }

  /** Bytes of an event on average, at least 1. */
  get averageBytes(): number {
    return Math.max(1, Math.ceil(this.bytes / this.count));
  }

  /** Where the event's bytes end, counted from the start of the first event. `endOf(-1)` is 0. */
  endOf(index: number): number {
    return index < 0 ? 0 : this.view.getUint32(FIXED_BYTES + 4 * index, true);
  }

  /** The bytes from `start` to `end`, counted as in {@link endOf}; not a copy. */
  slice(start: number, end: number): Uint8Array {
    const { buffer, byteOffset } = this.value;
    return new Uint8Array(buffer, byteOffset + this.header + start, end - start);
  }

  /** Whether the checksum and the lengths agree with the content. */
  isIntact(): boolean {
    if (this.header > this.size || this.size !== this.header + this.bytes) return false;
    const { buffer, byteOffset } = this.value;
    const checked = new Uint8Array(buffer, byteOffset + 4, this.size - 4);
    return crc32(checked) === this.view.getUint32(0, true);
  }
}

const EMPTY = new Uint8Array(0);

/** Key codec for LMDB. `Buffer.writeBigUInt64BE` would do the same, several times slower. */
export const chunkKeys = {
  writeKey(id: number, target: Uint8Array, position: number): number {
    writeWord(Math.floor(id / 0x1_0000_0000), target, position);
    writeWord(id, target, position + 4);
    return position + 8;
  },

  readKey(source: Uint8Array, position: number): number {
    const view = new DataView(source.buffer, source.byteOffset + position, 8);
    return view.getUint32(0) * 0x1_0000_0000 + view.getUint32(4);
  },
};

function writeWord(word: number, target: Uint8Array, position: number): void {
  target[position] = word >>> 24;
  target[position + 1] = word >>> 16;
  target[position + 2] = word >>> 8;
  target[position + 3] = word;
}
