import type { Clock } from '@sluice/engine';

const MINUTE_MS = 60_000;

/** Requests per client address and fixed minute. */
export class RequestBudget {
  private readonly spent = new Map<string, number>();
  private minute = 0;

  /** @param limit most requests of one address in a minute; undefined: any number. */
  constructor(
    private readonly limit: number | undefined,
    private readonly clock: Clock,
  ) {}

  /** Counts a request. @returns false if the address has none left in this minute. */
  spend(address: string): boolean {
    if (this.limit === undefined) return true;
    const minute = Math.floor(this.clock.monotonic() / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.spent.clear();
    }
    const count = (this.spent.get(address) ?? 0) + 1;
    this.spent.set(address, count);
    return count <= this.limit;
  }
}
