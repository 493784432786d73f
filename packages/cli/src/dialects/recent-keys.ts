/** The last so many keys, to find what comes twice. */
export class RecentKeys {
  /** In the order in which they came. */
  private readonly keys = new Set<string>();

  constructor(private readonly size = 10_000) {}

  /** Remembers a key. @returns whether it was there already. */
  add(key: string): boolean {
    if (this.keys.has(key)) return true;
    this.keys.add(key);
    const [oldest] = this.keys;
    if (this.keys.size > this.size && oldest !== undefined) this.keys.delete(oldest);
    return false;
  }
}
