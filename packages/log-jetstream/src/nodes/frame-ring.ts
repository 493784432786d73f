/** The writer's newest frames, for gateways that have missed some. */
export class FrameRing {
  private readonly frames: { readonly first: number; readonly bytes: Uint8Array }[] = [];
  private held = 0;

  /** @param capacity bytes; the newest frame stays whatever its size. */
  constructor(private readonly capacity: number) {}

  push(first: number, bytes: Uint8Array): void {
    this.frames.push({ first, bytes });
    this.held += bytes.length;
    let forgotten = 0;
    while (this.held > this.capacity && forgotten < this.frames.length - 1) {
      this.held -= this.frames[forgotten++]?.bytes.length ?? 0;
    }
    if (forgotten > 0) this.frames.splice(0, forgotten);
  }

  /** The frame with event `number`; the oldest one if that is forgotten; undefined if there is none. */
  from(number: number): Uint8Array | undefined {
    let low = 0;
    for (let high = this.frames.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      if ((this.frames[middle]?.first ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return this.frames[low]?.bytes;
  }
}
