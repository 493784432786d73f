/** The writer's end: numbers events, gathers them into frames, remembers the newest for those who missed them. */
import { SluiceError, type Clock, type FannedEvent } from '@sluice/engine';
import { encodeFrame, frameBytes, packEvent, type WriterRun } from './fan-frame.js';
import { FrameRing } from './frame-ring.js';

/** A frame has no more bytes than this, unless it is of one event. */
const FRAME_BYTES = 64 * 1024;

/** What a {@link FanSender} needs of the connection. */
export interface FrameOutlet {
  /** Most bytes of a frame, as the server now says. */
  readonly maxPayload: number;
  /** Sends a frame to all who listen; may fail to without telling: then it is asked for. */
  publish(frame: Uint8Array): void;
}

export class FanSender {
  private readonly ring: FrameRing;
  private events: Uint8Array[] = [];
  private bytes = 0;
  private first = 0;
  private next = 0;
  private flushIsDue = false;

  /** @param remembered bytes of frames that can be asked for. */
  constructor(
    readonly run: WriterRun,
    private readonly outlet: FrameOutlet,
    private readonly clock: Clock,
    remembered: number,
  ) {
    this.ring = new FrameRing(remembered);
  }

  /** See `FanOutPublisher.send`. What is refused has a number all the same, so that followers see that it is missing. */
  send(event: FannedEvent): void {
    try {
      this.add(this.packed(event));
    } catch (error) {
      this.flush();
      this.first = ++this.next;
      throw error;
    }
  }

  /** Sends what waits. */
  flush(): void {
    this.flushIsDue = false;
    if (this.events.length === 0) return;
    const frame = encodeFrame(this.run, this.first, this.events);
    this.ring.push(this.next, frame);
    this.events = [];
    this.bytes = 0;
    this.first = this.next;
    this.outlet.publish(frame);
  }

  /** Says how far the writer is, for those who have missed the last frame. */
  beat(last = false): void {
    this.flush();
    this.outlet.publish(encodeFrame(this.run, this.next, [], last));
  }

  /** Answer to a gateway that has missed event `number`. */
  answer(number: number): Uint8Array {
    this.flush();
    return this.ring.from(number) ?? encodeFrame(this.run, this.next, []);
  }

  private packed(event: FannedEvent): Uint8Array {
    const packed = packEvent(event);
    const limit = this.outlet.maxPayload;
    if (frameBytes([packed]) <= limit) return packed;
    throw new SluiceError('LIMIT', `'${event.type}' is too large to be sent to other nodes`, {
      details: { limit: 'max_payload', value: limit, bytes: packed.length },
    });
  }

  private add(packed: Uint8Array): void {
    const limit = Math.min(FRAME_BYTES, this.outlet.maxPayload);
    if (this.bytes + frameBytes([packed]) > limit) this.flush();
    this.events.push(packed);
    this.bytes += frameBytes([packed]);
    this.next++;
    if (this.flushIsDue) return;
    this.flushIsDue = true;
    // Everything that is announced in this turn shares a frame.
    this.clock.soon(() => this.flush());
  }
}
