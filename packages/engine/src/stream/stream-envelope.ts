import { headerLength, writeTextHeader } from '../frames/text-frame.js';

/** What stands around a stored event in a message. The event's bytes are copied, never encoded again. */
export interface StreamEnvelope {
  /** Text before the event. */
  readonly before: string;
  /** Text after the event. @param latest id of the newest event at the moment of sending. */
  after(latest: number): string;
}

/** Builds messages of stored events: header, envelope and event of many of them in one buffer. */
export class EventFramer {
  private readonly before: Buffer;
  private after: Buffer = Buffer.alloc(0);
  private latest = NaN;

  constructor(private readonly envelope: StreamEnvelope) {
    this.before = Buffer.from(envelope.before);
  }

  /** One whole text frame per event, in order. */
  frames(events: readonly Uint8Array[], latest: number): Buffer {
    const after = this.afterFor(latest);
    const around = this.before.length + after.length;
    let total = 0;
    for (const event of events) {
      const length = around + event.length;
      total += headerLength(length) + length;
    }
    const target = Buffer.allocUnsafe(total);
    let offset = 0;
    for (const event of events) {
      offset = writeTextHeader(target, offset, around + event.length);
      target.set(this.before, offset);
      offset += this.before.length;
      target.set(event, offset);
      offset += event.length;
      target.set(after, offset);
      offset += after.length;
    }
    return target;
  }

  private afterFor(latest: number): Buffer {
    if (latest !== this.latest) {
      this.after = Buffer.from(this.envelope.after(latest));
      this.latest = latest;
    }
    return this.after;
  }
}

/** Frames of one announcement, built once for all readers that need the same ones. */
export class SharedFrames {
  private readonly built = new Map<string, Buffer>();
  private readonly fits = new Map<number, number>();

  /**
   * @param from id of `events[0]`.
   * @param pageBytes bytes of events after which a reader has had enough; the rest it reads from the log.
   */
  constructor(
    private readonly framer: EventFramer,
    private readonly from: number,
    private readonly events: readonly Uint8Array[],
    private readonly latest: number,
    private readonly pageBytes: number,
  ) {}

  /** The announced events from id `next` on, at most `credit` of them, at least one. */
  take(next: number, credit: number): { readonly frames: Buffer; readonly count: number } {
    const start = next - this.from;
    const count = Math.min(credit, this.fit(start));
    const key = `${start}+${count}`;
    let frames = this.built.get(key);
    if (frames === undefined) {
      frames = this.framer.frames(this.events.slice(start, start + count), this.latest);
      this.built.set(key, frames);
    }
    return { frames, count };
  }

  private fit(start: number): number {
    let count = this.fits.get(start);
    if (count === undefined) {
      count = 0;
      for (let bytes = 0; bytes < this.pageBytes && start + count < this.events.length; count++) {
        bytes += this.events[start + count]?.length ?? 0;
      }
      this.fits.set(start, count);
    }
    return count;
  }
}
