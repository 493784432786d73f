import type { EventFramer, FramedEvents } from './event-framer.js';

/**
 * Consecutive stored events, and the messages that were made of them: readers in the same range share both, as long as
 * the newest event, which every message names, stays the same.
 */
export class StreamPage {
  /** Id of the event behind the last one. */
  readonly end: number;
  private readonly eventBytes: number;
  private framed: FramedEvents | undefined;

  /** @param from id of `events[0]`. */
  constructor(
    readonly from: number,
    private readonly events: readonly Uint8Array[],
    private readonly framer: EventFramer,
  ) {
    this.end = from + events.length;
    this.eventBytes = memoryOf(events);
  }

  /** Memory that the page keeps from being freed: a part of a buffer keeps all of it. */
  get bytes(): number {
    return this.eventBytes + (this.framed?.bytes ?? 0);
  }

  holds(id: number): boolean {
    return id >= this.from && id < this.end;
  }

  /** Messages of `count` events from event `id` on, all of which the page holds. */
  frames(id: number, count: number, latest: number): Buffer {
    const known = this.framed?.latest === latest ? this.framed : undefined;
    if (known?.holds(id, count) === true) return known.slice(id, count);
    // One reader may be the only one; where a second wants other events, more will follow.
    this.framed =
      known === undefined
        ? this.frame(id, count, latest)
        : this.frame(this.from, this.events.length, latest);
    return this.framed.slice(id, count);
  }

  private frame(id: number, count: number, latest: number): FramedEvents {
    const start = id - this.from;
    return this.framer.frame(id, this.events.slice(start, start + count), latest);
  }
}

/** Bytes of the buffers that the parts are of; neighbours are often parts of the same one. */
function memoryOf(parts: readonly Uint8Array[]): number {
  let bytes = 0;
  let last: ArrayBufferLike | undefined;
  for (const { buffer } of parts) {
    if (buffer !== last) bytes += buffer.byteLength;
    last = buffer;
  }
  return bytes;
}
