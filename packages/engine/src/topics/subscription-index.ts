/**
 * Finds the receivers of an event. Its cost follows the keys of the event and the receivers found, never the number
 * of entries.
 */

/** What the index keeps on an entry itself, so that finding receivers allocates nothing. Written by the index only. */
export interface IndexEntry {
  /** Keys the entry is filed under; undefined while it receives every event. */
  keys: Set<string> | undefined;
  /** Number of the last search that found the entry: an entry that shares several keys is found once. */
  mark: number;
}

/** Key → entries, and the entries that receive everything. */
export class SubscriptionIndex<S extends IndexEntry> {
  /** Most keys have one subscriber: it is stored itself, a Set is made for the second. */
  private readonly byKey = new Map<string, S | Set<S>>();
  private readonly unfiltered = new Set<S>();
  private search = 0;

  /** Files a new entry; `undefined` keys: it receives every event, no keys: none yet. */
  add(entry: S, keys: Iterable<string> | undefined): void {
    entry.keys = keys === undefined ? undefined : new Set(keys);
    if (entry.keys === undefined) this.unfiltered.add(entry);
    else for (const key of entry.keys) this.file(key, entry);
  }

  /**
   * Adds keys to an entry, then takes keys away; a key in both ends up removed. An entry that received every event
   * from then on receives what its keys say, even if there are none.
   */
  update(entry: S, add: Iterable<string>, remove: Iterable<string>): void {
    const keys = (entry.keys ??= new Set());
    this.unfiltered.delete(entry);
    for (const key of add) {
      if (keys.has(key)) continue;
      keys.add(key);
      this.file(key, entry);
    }
    for (const key of remove) if (keys.delete(key)) this.unfile(key, entry);
  }

  /** Takes an entry out; costs its own keys. */
  remove(entry: S): void {
    if (entry.keys === undefined) this.unfiltered.delete(entry);
    else for (const key of entry.keys) this.unfile(key, entry);
  }

  /**
   * Writes the receivers of an event with these keys to `found`, each once, from position 0.
   *
   * @returns how many there are; later positions of `found` are left as they were.
   */
  collect(eventKeys: Iterable<string>, found: (S | undefined)[]): number {
    const search = ++this.search;
    let count = 0;
    for (const entry of this.unfiltered) found[count++] = entry;
    for (const key of eventKeys) {
      const filed = this.byKey.get(key);
      if (filed === undefined) continue;
      if (!(filed instanceof Set)) {
        if (filed.mark !== search) {
          filed.mark = search;
          found[count++] = filed;
        }
        continue;
      }
      for (const entry of filed) {
        if (entry.mark === search) continue;
        entry.mark = search;
        found[count++] = entry;
      }
    }
    return count;
  }

  /** Number of distinct keys in use. */
  get size(): number {
    return this.byKey.size;
  }

  private file(key: string, entry: S): void {
    const filed = this.byKey.get(key);
    if (filed === undefined) this.byKey.set(key, entry);
    else if (filed instanceof Set) filed.add(entry);
    else this.byKey.set(key, new Set([filed, entry]));
  }

  private unfile(key: string, entry: S): void {
    const filed = this.byKey.get(key);
    if (filed === entry) this.byKey.delete(key);
    if (!(filed instanceof Set)) return;
    filed.delete(entry);
    if (filed.size > 1) return;
    for (const last of filed) this.byKey.set(key, last);
  }
}
