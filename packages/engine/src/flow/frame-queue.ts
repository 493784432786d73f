/** Frames that wait for one session, in order, with their number and size. */
export class FrameQueue {
  private frames: (Buffer | undefined)[] = [];
  private head = 0;
  private heldBytes = 0;

  get messages(): number {
    return this.frames.length - this.head;
  }

  get bytes(): number {
    return this.heldBytes;
  }

  push(frame: Buffer): void {
    this.frames.push(frame);
    this.heldBytes += frame.length;
  }

  shift(): Buffer | undefined {
    const frame = this.frames[this.head];
    if (frame === undefined) return undefined;
    this.frames[this.head++] = undefined;
    this.heldBytes -= frame.length;
    // An array's own shift moves everything behind it; half-empty arrays are cut instead, at constant cost per frame.
    if (this.head * 2 >= this.frames.length) {
      this.frames = this.frames.slice(this.head);
      this.head = 0;
    }
    return frame;
  }

  clear(): void {
    this.frames = [];
    this.head = 0;
    this.heldBytes = 0;
  }
}
