import { describe, expect, it } from '@jest/globals';
import { WorkQueue } from './work-queue.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('WorkQueue', () => {
  it('does one piece after the other, and goes on after one that fails', async () => {
    const done: unknown[] = [];
    const queue = new WorkQueue({
      limit: 10,
      onError: (error) => done.push(error),
      onOverflow: () => done.push('overflow'),
    });
    queue.add(async () => {
      await settled();
      done.push(1);
    });
    queue.add(() => Promise.reject(new Error('two')));
    queue.add(() => Promise.resolve(void done.push(3)));
    await settled();
    await settled();
    expect(done).toEqual([1, new Error('two'), 3]);
  });

  it('forgets what waits when it is one too many, and takes work again', async () => {
    const done: string[] = [];
    let release: () => void = () => undefined;
    const queue = new WorkQueue({
      limit: 2,
      onError: () => undefined,
      onOverflow: () => done.push('overflow'),
    });
    queue.add(() => new Promise((resolve) => (release = resolve)));
    for (const name of ['a', 'b', 'c', 'd']) queue.add(() => Promise.resolve(void done.push(name)));
    release();
    await settled();
    expect(done).toEqual(['overflow', 'd']);
  });
});
