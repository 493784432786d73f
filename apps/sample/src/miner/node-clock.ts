/**
 * The node's clock as far as its templates tell: `timestamp_now` is never behind it, and ahead of it when blocks are. So
 * the template that was least ahead of our own clock is the one to believe.
 */
export class NodeClock {
  private ahead = Infinity;

  /** @param now our own clock, Unix milliseconds. */
  constructor(private readonly now: () => number) {}

  /** @param timestamp `timestamp_now` of a template that has just come. */
  observe(timestamp: number): void {
    this.ahead = Math.min(this.ahead, timestamp - this.now() / 1000);
  }

  /** Unix seconds, with fractions. */
  get time(): number {
    return this.now() / 1000 + (this.ahead === Infinity ? 0 : this.ahead);
  }
}
