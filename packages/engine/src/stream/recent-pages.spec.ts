import { describe, expect, it } from '@jest/globals';
import { EventFramer } from './event-framer.js';
import { RecentPages } from './recent-pages.js';
import { StreamPage } from './stream-page.js';

const KIB = 1024;

describe('recent pages', () => {
  const framer = new EventFramer({ before: '{"event":', after: () => '}' });
  const page = (id: number, event: Uint8Array) => new StreamPage(id, [event], framer);
  const held = (pages: RecentPages, ids: readonly number[]) =>
    ids.filter((id) => pages.holding(id) !== undefined);

  it('keep as many of the newest as the limit has room for', () => {
    const pages = new RecentPages(3 * KIB);
    for (const id of [0, 1, 2, 3]) pages.add(page(id, new Uint8Array(KIB)));
    expect(held(pages, [0, 1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('make room for a large one, however many small ones it takes', () => {
    const pages = new RecentPages(3 * KIB);
    for (const id of [0, 1, 2]) pages.add(page(id, new Uint8Array(KIB)));
    pages.add(page(3, new Uint8Array(2 * KIB)));
    expect(held(pages, [0, 1, 2, 3])).toEqual([2, 3]);
  });

  it('count the whole of what an event is a part of: all of it stays in memory', () => {
    const pages = new RecentPages(3 * KIB);
    for (const id of [0, 1, 2]) pages.add(page(id, new Uint8Array(2 * KIB).subarray(0, 10)));
    expect(held(pages, [0, 1, 2])).toEqual([2]);
  });

  it('count events that are parts of the same only once', () => {
    const chunk = new Uint8Array(KIB);
    const events = [chunk.subarray(0, 500), chunk.subarray(500, 1000)];
    const pages = new RecentPages(2 * KIB);
    for (const id of [0, 2]) pages.add(new StreamPage(id, events, framer));
    expect(held(pages, [0, 2])).toEqual([0, 2]);
  });

  it('count the messages that were made of them meanwhile', () => {
    const pages = new RecentPages(24 * KIB);
    const first = page(0, new Uint8Array(10 * KIB));
    pages.add(first);
    first.frames(0, 1, 0);
    pages.add(page(1, new Uint8Array(10 * KIB)));
    expect(held(pages, [0, 1])).toEqual([1]);
  });
});
