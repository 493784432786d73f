import type { FlowMessage, FlowOutlet, FlowPolicy } from './flow-control.js';
import { FrameQueue } from './frame-queue.js';

/** How much may wait for one session. */
export interface QueueLimits {
  /** Most messages that wait. */
  readonly messages: number;
  /** Most bytes that wait, frame headers included. */
  readonly bytes: number;
}

/** Sends in order, holds in order while the socket is full, and leaves it to a subclass what to do at the limits. */
export abstract class QueueingPolicy implements FlowPolicy {
  protected readonly queue = new FrameQueue();

  constructor(
    protected readonly outlet: FlowOutlet,
    protected readonly limits: QueueLimits,
  ) {}

  get held(): { messages: number; bytes: number } {
    return { messages: this.queue.messages, bytes: this.queue.bytes };
  }

  offer({ frame }: FlowMessage): void {
    if (this.queue.messages === 0 && this.outlet.writable) this.outlet.write(frame);
    else this.hold(frame);
  }

  drained(): void {
    while (this.outlet.writable) {
      const frame = this.queue.shift();
      if (frame === undefined) return;
      this.outlet.write(frame);
    }
  }

  end(): void {
    this.queue.clear();
  }

  /** Takes a frame that cannot be sent now. */
  protected abstract hold(frame: Buffer): void;

  protected fits(frame: Buffer): boolean {
    const { queue, limits } = this;
    return queue.messages < limits.messages && queue.bytes + frame.length <= limits.bytes;
  }

  /** Ends the session; what waits, and `refused` messages that found no room, are lost. */
  protected evict(reason: string, refused: number): void {
    const lost = this.queue.messages + refused;
    this.end();
    this.outlet.dropped(lost, 'evicted');
    this.outlet.evict(reason);
  }
}
