import { expect, it } from '@jest/globals';
import { CommandQueue } from './command-queue.js';

interface Made {
  readonly queue: CommandQueue<number>;
  readonly handled: number[];
  allow: number;
}

function makeQueue(allow = Infinity): Made {
  const handled: number[] = [];
  const made: Made = {
    handled,
    allow,
    queue: new CommandQueue<number>({
      handle: (element) => {
        handled.push(element);
        return Promise.resolve();
      },
      ready: () => true,
      admit: () => made.allow-- > 0,
      changed: () => undefined,
    }),
  };
  return made;
}

it('lets others have their turn after some dozens of commands, and still carries out all of them in order', async () => {
  const { queue, handled } = makeQueue();
  queue.start();
  const numbers = Array.from({ length: 1000 }, (_, index) => index);
  for (const element of numbers) queue.push(element, 1);
  const turn = new Promise((resolve) => setImmediate(resolve));
  await turn;
  expect(handled.length).toBeGreaterThan(0);
  expect(handled.length).toBeLessThanOrEqual(128);
  await queue.idle();
  expect(handled).toEqual(numbers);
});

it('keeps a command that is not admitted for the next attempt', async () => {
  const made = makeQueue(2);
  made.queue.start();
  for (const element of [1, 2, 3]) made.queue.push(element, 10);
  await made.queue.idle();
  expect([made.handled, made.queue.length, made.queue.bytes]).toEqual([[1, 2], 1, 10]);
  made.allow = 1;
  made.queue.resume();
  await made.queue.idle();
  expect([made.handled, made.queue.length]).toEqual([[1, 2, 3], 0]);
});
