/** Messages whose first arrival is remembered at most. */
const REMEMBERED = 10_000;

/** How much later than the first client each of the others gets a message. */
export class FirstArrivals {
  private readonly arrivals = new Map<string, number>();

  /** Milliseconds since a message with this key came first; undefined if it comes first now. */
  since(key: string, now: number): number | undefined {
    const first = this.arrivals.get(key);
    if (first !== undefined) return now - first;
    this.arrivals.set(key, now);
    const [oldest] = this.arrivals.keys();
    if (this.arrivals.size > REMEMBERED && oldest !== undefined) this.arrivals.delete(oldest);
    return undefined;
  }
}
