import { headerLength, writeTextHeader } from '../frames/text-frame.js';
import type { StreamEnvelope } from './stream-envelope.js';

/** Messages of consecutive events, one whole text frame each, in one buffer. */
export class FramedEvents {
  /**
   * @param from id of the first event.
   * @param latest id of the newest event, which the messages name.
   * @param ends where in `buffer` each message ends.
   */
  constructor(
    private readonly from: number,
    readonly latest: number,
    private readonly ends: readonly number[],
    private readonly buffer: Buffer,
  ) {}

  /** Memory that the messages keep from being freed. */
  get bytes(): number {
    return this.buffer.buffer.byteLength;
  }

  holds(id: number, count: number): boolean {
    return id >= this.from && id + count <= this.from + this.ends.length;
  }

  /** The messages of `count` events from event `id` on; of all of them, the same buffer each time. */
  slice(id: number, count: number): Buffer {
    if (count === this.ends.length) return this.buffer;
    const start = id - this.from;
    return this.buffer.subarray(this.ends[start - 1] ?? 0, this.ends[start + count - 1]);
  }
}

/** Builds messages of stored events: header, envelope and event of many of them in one buffer. */
export class EventFramer {
  private readonly before: Buffer;

  constructor(private readonly envelope: StreamEnvelope) {
    this.before = Buffer.from(envelope.before);
  }

  /** @param from id of `events[0]`. */
  frame(from: number, events: readonly Uint8Array[], latest: number): FramedEvents {
    const { before } = this;
    const after = Buffer.from(this.envelope.after(latest));
    const around = before.length + after.length;
    let total = 0;
    const ends = events.map((event) => {
      const length = around + event.length;
      return (total += headerLength(length) + length);
    });
    const target = Buffer.allocUnsafe(total);
    let offset = 0;
    for (const event of events) {
      offset = writeTextHeader(target, offset, around + event.length);
      target.set(before, offset);
      offset += before.length;
      target.set(event, offset);
      offset += event.length;
      target.set(after, offset);
      offset += after.length;
    }
    return new FramedEvents(from, latest, ends, target);
  }
}
