import { describe, expect, it } from '@jest/globals';
import { messagesIn } from '../frames/text-frame.js';
import { EventFramer } from './event-framer.js';
import { StreamPage } from './stream-page.js';

const KIB = 1024;
const FIRST = 5;
/** More than what Node puts into a buffer that others have parts of. */
const EVENTS = ['a', 'b', 'c', 'd'].map((letter) => Buffer.alloc(10 * KIB, letter));

describe('the messages of a page', () => {
  const setUp = () => {
    const page = new StreamPage(FIRST, EVENTS, new EventFramer({ before: '', after: String }));
    const before = page.bytes;
    return { page, grown: () => page.bytes - before };
  };
  const lettersOf = (frames: Buffer) =>
    [...messagesIn(frames)].map(({ payload }) => payload.toString('utf8', 0, 1));

  it('are made of those events that its only reader wants', () => {
    const { page, grown } = setUp();
    const frames = page.frames(FIRST + 1, 2, 8);
    expect(lettersOf(frames)).toEqual(['b', 'c']);
    expect(grown()).toBe(frames.length);
  });

  it('are made of all its events once another reader wants others, and are those of all from then on', () => {
    const { page, grown } = setUp();
    page.frames(FIRST, 1, 8);
    const second = page.frames(FIRST + 2, 2, 8);
    const third = page.frames(FIRST, 3, 8);
    expect([second, third].map(lettersOf)).toEqual([
      ['c', 'd'],
      ['a', 'b', 'c'],
    ]);
    expect(third.buffer).toBe(second.buffer);
    const all = page.frames(FIRST, 4, 8);
    expect(grown()).toBe(all.length);
  });

  it('are made again, of what is wanted, when they are to name a newer event', () => {
    const { page, grown } = setUp();
    page.frames(FIRST, 1, 8);
    page.frames(FIRST, 4, 8);
    const frames = page.frames(FIRST, 1, 9);
    expect(lettersOf(frames)).toEqual(['a']);
    expect(frames.toString('utf8', frames.length - 2)).toBe('a9');
    expect(grown()).toBe(frames.length);
  });
});
