/** Options of a {@link BackOff}. */
export interface BackOffOptions {
  /** First wait, milliseconds; default 1000. */
  readonly firstMs?: number;
  /** Longest wait, milliseconds; default 30 000. */
  readonly mostMs?: number;
  /** What each wait is multiplied by to get the next; default 2. */
  readonly factor?: number;
  /**
   * Share of each wait that is left to chance, 0 to 1: with 0.2 a wait is between 80 % and 100 % of its length. It keeps
   * many followers of one node from coming back in the same moment. Default 0.
   */
  readonly jitter?: number;
  /** Numbers of [0, 1); default `Math.random`. */
  readonly random?: () => number;
}

/** How long to wait before the next attempt: longer each time, up to a limit. */
export class BackOff {
  private readonly firstMs: number;
  private readonly mostMs: number;
  private readonly factor: number;
  private readonly jitter: number;
  private readonly random: () => number;
  private currentMs: number;

  /** @throws RangeError if an option cannot be used. */
  constructor(options: BackOffOptions = {}) {
    const { firstMs = 1000, mostMs = 30_000, factor = 2, jitter = 0 } = options;
    if (!(firstMs > 0 && mostMs >= firstMs && mostMs <= 0x7fff_ffff)) {
      throw new RangeError(`A back-off from ${firstMs} ms to ${mostMs} ms is impossible`);
    }
    if (!(factor >= 1)) throw new RangeError(`A back-off's factor cannot be ${factor}`);
    if (!(jitter >= 0 && jitter <= 1)) throw new RangeError(`A jitter cannot be ${jitter}`);
    this.firstMs = this.currentMs = firstMs;
    this.mostMs = mostMs;
    this.factor = factor;
    this.jitter = jitter;
    this.random = options.random ?? Math.random;
  }

  /** Milliseconds to wait now; the next wait is longer. */
  next(): number {
    const ms = this.currentMs;
    this.currentMs = Math.min(ms * this.factor, this.mostMs);
    return Math.round(ms * (1 - this.jitter * this.random()));
  }

  /** The next wait is the first one again. */
  reset(): void {
    this.currentMs = this.firstMs;
  }
}
