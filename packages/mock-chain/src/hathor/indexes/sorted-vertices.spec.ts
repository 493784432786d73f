import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DagVertex } from '../dag/dag-vertex.js';
import { SortedVertices } from './sorted-vertices.js';

/** All that the list looks at. */
function vertex(timestamp: number, hash: string): DagVertex {
  return { timestamp, hash } as DagVertex;
}

function listOf(...places: readonly (readonly [number, string])[]): SortedVertices {
  const list = new SortedVertices();
  for (const [timestamp, hash] of places) list.add(vertex(timestamp, hash));
  return list;
}

const hashes = (vertices: Iterable<DagVertex>) => Array.from(vertices, ({ hash }) => hash);

describe('SortedVertices', () => {
  it('orders by timestamp and then by id, whatever order they come in', () => {
    expect(hashes(listOf([2, 'a'], [1, 'c'], [1, 'b'], [3, 'a1']).ascending())).toEqual([
      'b',
      'c',
      'a',
      'a1',
    ]);
  });

  it('begins behind a place, also one that is not in the list', () => {
    const list = listOf([1, 'a'], [2, 'b'], [3, 'c']);
    expect(hashes(list.ascending({ timestamp: 2, hash: 'b' }))).toEqual(['c']);
    expect(hashes(list.ascending({ timestamp: 2, hash: 'a' }))).toEqual(['b', 'c']);
    expect(hashes(list.ascending({ timestamp: 3, hash: 'd' }))).toEqual([]);
  });

  it('leaves nothing out and doubles nothing when the list changes under a reader', () => {
    const [b, d] = [vertex(2, 'b'), vertex(4, 'd')];
    const list = new SortedVertices();
    for (const each of [vertex(1, 'a'), b, vertex(3, 'c'), d]) list.add(each);
    const reader = list.ascending();
    expect([reader.next(), reader.next()]).toMatchObject([
      { value: { hash: 'a' } },
      { value: { hash: 'b' } },
    ]);
    list.add(vertex(0, 'older'));
    list.remove(b);
    list.add(vertex(5, 'e'));
    list.remove(d);
    expect(hashes(reader)).toEqual(['c', 'e']);
  });

  it('gives pages newest first, forth and back', () => {
    const list = listOf([1, 'a'], [2, 'b'], [3, 'c'], [4, 'd']);
    const page = (...parameters: Parameters<SortedVertices['page']>) => {
      const { vertices, hasMore } = list.page(...parameters);
      return [hashes(vertices).join(''), hasMore];
    };
    const place = { timestamp: 3, hash: 'c' };
    expect(page(2)).toEqual(['dc', true]);
    expect(page(2, { towards: 'older', place })).toEqual(['ba', false]);
    expect(page(1, { towards: 'older', place })).toEqual(['b', true]);
    expect(page(2, { towards: 'newer', place })).toEqual(['d', false]);
    expect(page(1, { towards: 'newer', place: { timestamp: 1, hash: 'a' } })).toEqual(['b', true]);
  });

  it('is like a sorted array under any additions and removals', () => {
    const places = fc.array(
      fc.tuple(fc.nat(5), fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean()),
      { maxLength: 60, size: 'max' },
    );
    fc.assert(
      fc.property(places, (actions) => {
        const known = new Map<string, DagVertex>();
        const list = new SortedVertices();
        const inside = new Set<DagVertex>();
        for (const [timestamp, hash, add] of actions) {
          const key = `${timestamp}${hash}`;
          const each = known.get(key) ?? vertex(timestamp, hash);
          known.set(key, each);
          if (add) list.add(each);
          else list.remove(each);
          if (add) inside.add(each);
          else inside.delete(each);
        }
        const sorted = [...inside].sort(
          (a, b) => a.timestamp - b.timestamp || (a.hash < b.hash ? -1 : 1),
        );
        expect([...list.ascending()]).toEqual(sorted);
        expect(list.size).toBe(sorted.length);
      }),
    );
  });
});
