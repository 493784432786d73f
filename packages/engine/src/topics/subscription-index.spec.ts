import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SubscriptionIndex, type IndexEntry } from './subscription-index.js';

class Entry implements IndexEntry {
  keys: Set<string> | undefined;
  mark = 0;
  constructor(readonly name: number) {}
}

const collected = (index: SubscriptionIndex<Entry>, keys: Iterable<string>): number[] => {
  const found: (Entry | undefined)[] = [];
  const count = index.collect(keys, found);
  return found.slice(0, count).map((entry) => entry?.name ?? -1);
};

/** What the index must equal: a look at every entry. */
class Scan {
  private readonly entries = new Map<number, Set<string> | undefined>();

  add(name: number, keys: readonly string[] | undefined): void {
    this.entries.set(name, keys && new Set(keys));
  }

  update(name: number, add: readonly string[], remove: readonly string[]): void {
    const keys = new Set([...(this.entries.get(name) ?? []), ...add]);
    for (const key of remove) keys.delete(key);
    this.entries.set(name, keys);
  }

  remove(name: number): void {
    this.entries.delete(name);
  }

  receivers(eventKeys: readonly string[]): number[] {
    return [...this.entries]
      .filter(([, keys]) => keys === undefined || eventKeys.some((key) => keys.has(key)))
      .map(([name]) => name);
  }

  distinctKeys(): number {
    return new Set([...this.entries.values()].flatMap((keys) => [...(keys ?? [])])).size;
  }
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', 'constructor', '');
const keys = fc.array(key, { maxLength: 5 });
const name = fc.nat({ max: 7 });
const step = fc.oneof(
  fc.record({ does: fc.constant('add'), name, keys: fc.option(keys, { nil: undefined }) }),
  fc.record({ does: fc.constant('update'), name, add: keys, remove: keys }),
  fc.record({ does: fc.constant('remove'), name }),
  fc.record({ does: fc.constant('event'), keys }),
);

describe('SubscriptionIndex', () => {
  it('finds what a scan of all entries finds, each once, whatever was added, changed and removed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const index = new SubscriptionIndex<Entry>();
        const scan = new Scan();
        const live = new Map<number, Entry>();
        for (const action of steps) {
          if ('name' in action && 'add' in action) {
            const entry = live.get(action.name);
            if (entry === undefined) continue;
            index.update(entry, action.add, action.remove);
            scan.update(action.name, action.add, action.remove);
          } else if ('name' in action && 'keys' in action) {
            if (live.has(action.name)) continue;
            const entry = new Entry(action.name);
            live.set(action.name, entry);
            index.add(entry, action.keys);
            scan.add(action.name, action.keys);
          } else if ('name' in action) {
            const entry = live.get(action.name);
            if (entry === undefined) continue;
            live.delete(action.name);
            index.remove(entry);
            scan.remove(action.name);
          } else {
            const found = collected(index, action.keys);
            expect([...found].sort()).toEqual(scan.receivers(action.keys).sort());
          }
          expect(index.size).toBe(scan.distinctKeys());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is empty again once every entry is removed', () => {
    const index = new SubscriptionIndex<Entry>();
    const entries = Array.from({ length: 50 }, (_, at) => new Entry(at));
    for (const entry of entries) index.add(entry, ['shared', `own-${entry.name}`]);
    expect(index.size).toBe(51);
    for (const entry of entries) index.remove(entry);
    expect(index.size).toBe(0);
    expect(collected(index, ['shared', 'own-1'])).toEqual([]);
  });

  it('finds all others of a key after one of them is gone, down to the last', () => {
    const index = new SubscriptionIndex<Entry>();
    const entries = [1, 2, 3, 4].map((at) => new Entry(at));
    for (const entry of entries) index.add(entry, ['shared']);
    for (let gone = entries.pop(); gone !== undefined; gone = entries.pop()) {
      index.remove(gone);
      expect(collected(index, ['shared'])).toEqual(entries.map((entry) => entry.name));
    }
  });

  it('lets a key that is added and removed in one change end up removed', () => {
    const index = new SubscriptionIndex<Entry>();
    const entry = new Entry(1);
    index.add(entry, undefined);
    index.update(entry, ['a', 'b'], ['b', 'never there']);
    expect([...(entry.keys ?? [])]).toEqual(['a']);
    expect(collected(index, ['a'])).toEqual([1]);
    expect(collected(index, ['b'])).toEqual([]);
  });

  it('goes by the keys of an event, not by the number of entries', () => {
    const index = new SubscriptionIndex<Entry>();
    let looked = 0;
    for (let at = 0; at < 10_000; at++) {
      const entry = new Entry(at);
      index.add(entry, [`key-${at}`]);
      let mark = 0;
      Object.defineProperty(entry, 'mark', {
        get: () => (looked++, mark),
        set: (search: number) => (mark = search),
      });
    }
    expect(collected(index, ['key-5', 'key-9999', 'key-5', 'unknown'])).toEqual([5, 9999]);
    expect(looked).toBe(3);
  });
});
