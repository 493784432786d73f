import { Fifo } from '../fifo.js';

/** Frames that wait for one session, in order, with their number and size. */
export class FrameQueue {
  private readonly frames = new Fifo<Buffer>();
  private heldBytes = 0;

  get messages(): number {
    return this.frames.size;
  }

  get bytes(): number {
    return this.heldBytes;
  }

  push(frame: Buffer): void {
    this.frames.push(frame);
    this.heldBytes += frame.length;
  }

  shift(): Buffer | undefined {
    const frame = this.frames.shift();
    this.heldBytes -= frame?.length ?? 0;
    return frame;
  }

  clear(): void {
    this.frames.clear();
    this.heldBytes = 0;
  }
}
