import { describe, expect, it } from '@jest/globals';
import { SluiceError } from '../errors.js';
import { afterAnswers } from './after-answers.flow.js';
import { boundedQueue } from './bounded-queue.flow.js';
import { deadline } from './deadline.flow.js';
import { disconnectSlow } from './disconnect-slow.flow.js';
import { dropOldest } from './drop-oldest.flow.js';
import { latestOnly } from './latest-only.flow.js';
import { rateLimit } from './rate-limit.flow.js';

const limit = { hits: 1, windowMs: 1, queue: 1, retryMs: 1 };

describe('options of flow policies', () => {
  it.each<[string, () => unknown, number]>([
    ['no time', () => disconnectSlow({ afterMs: 0 }), 1],
    ['a time no timer can wait', () => disconnectSlow({ afterMs: 2 ** 31 }), 1],
    ['no time that is a number', () => disconnectSlow({ afterMs: NaN }), 1],
    ['a time in a text', () => disconnectSlow({ afterMs: '5000' as never }), 1],
    ['an unlimited queue', () => boundedQueue({ messages: Infinity, bytes: Infinity }), 2],
    ['half a message', () => boundedQueue({ messages: 0.5 }), 1],
    ['an unknown overflow', () => boundedQueue({ overflow: 'explode' as 'disconnect' }), 1],
    ['negative limits', () => dropOldest({ messages: -1, bytes: -1 }), 2],
    ['a key that is no function', () => latestOnly({ by: 'symbol' as never, bytes: 0 }), 2],
    ['an unknown option', () => latestOnly({ key: 'symbol' } as never), 1],
    ['everything wrong', () => rateLimit({ hits: 0, windowMs: 0, queue: 0, retryMs: 0 }), 4],
    ['missing limits', () => rateLimit({} as never), 4],
    ['a session policy that is null', () => rateLimit({ ...limit, session: null as never }), 1],
    ['a session policy that is none', () => rateLimit({ ...limit, session: 5 as never }), 1],
  ])('refuse %s and list every fault', (_, create, faults) => {
    let error: unknown;
    try {
      create();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SluiceError);
    expect((error as SluiceError).code).toBe('INVALID');
    expect((error as SluiceError).details.faults).toHaveLength(faults);
  });

  it.each<[string, () => unknown, readonly string[]]>([
    [
      'latestOnly',
      () => latestOnly({ by: 'symbol' as never, messages: 0, size: 1 } as never),
      [
        'by must be a function, got symbol',
        'messages must be an integer from 1 on, got 0',
        'size is not an option',
      ],
    ],
    [
      'boundedQueue',
      () => boundedQueue({ overflow: 'explode' as 'disconnect' }),
      ['overflow must be one of disconnect, dropOldest, got explode'],
    ],
    [
      'disconnectSlow',
      () => disconnectSlow({ messages: 1.5 }),
      ['messages must be an integer from 1 on, got 1.5'],
    ],
    ['deadline', () => deadline({ bytes: -1 }), ['bytes must be an integer from 1 on, got -1']],
    [
      'rateLimit',
      () => rateLimit({ ...limit, windowMs: 2 ** 31, session: 5 as never }),
      [
        'windowMs must be a number of milliseconds from 1 to 2147483647, got 2147483648',
        'session must be an object, got 5',
      ],
    ],
  ])('of %s are named with what they must be', (policy, create, faults) => {
    const message = `${policy}: ${faults.join('; ')}`;
    expect(create).toThrow(expect.objectContaining({ message, details: { faults } }));
  });

  it('may be as small as one and as long as a timer can wait', () => {
    expect(() => boundedQueue({ messages: 1, bytes: 1 })).not.toThrow();
    expect(() => disconnectSlow({ afterMs: 1 })).not.toThrow();
    expect(() => disconnectSlow({ afterMs: 2 ** 31 - 1 })).not.toThrow();
    expect(() => latestOnly({ by: () => 1 })).not.toThrow();
  });

  it('may be left out where there is a default', () => {
    expect(disconnectSlow({}).scope).toBe('session');
    expect(boundedQueue().scope).toBe('session');
    expect(dropOldest().scope).toBe('session');
    expect(latestOnly().scope).toBe('session');
    expect(afterAnswers(latestOnly()).scope).toBe('session');
    expect(rateLimit(limit).scope).toBe('topic');
    expect(rateLimit({ ...limit, session: dropOldest() }).session?.scope).toBe('session');
  });
});
