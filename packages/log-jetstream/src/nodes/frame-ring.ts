/** The writer's newest frames, for gateways that have missed some. */
export class FrameRing {
  private readonly frames: { readonly end: number; readonly bytes: Uint8Array }[] = [];
  private held = 0;

  /** @param capacity bytes; the newest frame stays whatever its size. */
  constructor(private readonly capacity: number) {}

  /** @param end number of the event after the frame's last. */
  push(end: number, bytes: Uint8Array): void {
    this.frames.push({ end, bytes });
    this.held += bytes.length;
    let forgotten = 0;
    while (this.held > this.capacity && forgotten < this.frames.length - 1) {
      this.held -= this.frames[forgotten++]?.bytes.length ?? 0;
    }
    if (forgotten > 0) this.frames.splice(0, forgotten);
  }

  /** The frame with event `number`, or the one after it if that is not there; undefined if there is none. */
  from(number: number): Uint8Array | undefined {
    let low = 0;
    for (let high = this.frames.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((this.frames[middle]?.end ?? 0) > number) high = middle;
      else low = middle + 1;
    }
    return this.frames[low]?.bytes;
  }
}
