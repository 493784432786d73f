import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { checkTransition } from './link-state.js';
import { UpstreamLink, type Attempt, type UpstreamLinkOptions } from './upstream-link.js';

/** An attempt that the test ends. */
interface Running extends Attempt<string> {
  fail(reason?: Error): Promise<void>;
  end(): Promise<void>;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp(options: Partial<UpstreamLinkOptions<string>> = {}) {
  const clock = new ManualClock();
  const attempts: Running[] = [];
  const states: string[] = [];
  const link = new UpstreamLink({
    upstreams: ['a'],
    clock,
    attempt: (attempt) =>
      new Promise((resolve, reject) => {
        attempts.push({
          ...attempt,
          fail: async (reason = new Error('refused')) => {
            reject(reason);
            await turn();
          },
          end: async () => {
            resolve();
            await turn();
          },
        });
        attempt.signal.addEventListener('abort', () => {
          reject(attempt.signal.reason as Error);
        });
      }),
    onStatus: ({ state }) => states.push(state),
    ...options,
  });
  const last = (): Running => {
    const attempt = attempts.at(-1);
    if (attempt === undefined) throw new Error('There was no attempt');
    return attempt;
  };
  return { link, clock, attempts, states, last };
}

describe('UpstreamLink', () => {
  it('tries again after waits that grow, for ever', async () => {
    const { link, clock, attempts, last } = setUp();
    link.start();
    for (const waitMs of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]) {
      const made = attempts.length;
      await last().fail();
      expect(link.status).toMatchObject({
        state: 'waiting',
        waitMs,
        cause: { message: 'refused' },
      });
      clock.advance(waitMs - 1);
      expect(attempts).toHaveLength(made);
      clock.advance(1);
      expect(attempts).toHaveLength(made + 1);
      expect(link.status).toMatchObject({ state: 'connecting', attempts: made + 1 });
    }
  });

  it('begins with the first wait again once it has been online', async () => {
    const { link, clock, last } = setUp();
    link.start();
    await last().fail();
    clock.advance(1000);
    await last().fail();
    clock.advance(2000);
    last().online();
    last().online();
    expect(link.status).toEqual({ state: 'online', upstream: 'a', attempts: 0 });
    await last().end();
    expect(link.status).toMatchObject({
      state: 'waiting',
      waitMs: 1000,
      cause: { message: 'The upstream has ended the connection' },
    });
  });

  it('believes no attempt that has ended', async () => {
    const { link, clock, attempts, last } = setUp();
    link.start();
    await last().fail();
    clock.advance(1000);
    attempts[0]?.online();
    expect(link.status).toMatchObject({ state: 'connecting', attempts: 2 });
  });

  it('goes from one upstream to the next, and round', async () => {
    const { link, clock, attempts, last } = setUp({ upstreams: ['a', 'b', 'c'] });
    link.start();
    for (let count = 0; count < 4; count++) {
      await last().fail();
      clock.advance(30_000);
    }
    expect(attempts.map(({ upstream }) => upstream)).toEqual(['a', 'b', 'c', 'a', 'b']);
  });

  it('tells of every change of state', async () => {
    const { link, clock, states, last } = setUp();
    link.start();
    last().online();
    await last().fail('not an error' as unknown as Error);
    expect(link.status.cause).toEqual(new Error('not an error'));
    clock.advance(1000);
    await link.stop();
    expect(states).toEqual(['connecting', 'online', 'waiting', 'connecting', 'stopped']);
  });

  it('stops an attempt that is under way, and waits for its end', async () => {
    const { link, clock, attempts, last } = setUp();
    link.start();
    await link.stop();
    expect(last().signal.aborted).toBe(true);
    last().online();
    expect(link.status.state).toBe('stopped');
    clock.advance(60_000);
    expect(attempts).toHaveLength(1);
    expect(clock.pending).toBe(0);
    await link.stop();
  });

  it('stops only once, and whoever stops it waits for its end', async () => {
    let end: () => void = () => undefined;
    const { link } = setUp({ attempt: () => new Promise<void>((resolve) => (end = resolve)) });
    link.start();
    const stopped: number[] = [];
    const both = [1, 2].map((which) => link.stop().then(() => stopped.push(which)));
    await turn();
    expect(stopped).toEqual([]);
    end();
    await Promise.all(both);
    expect(stopped).toEqual([1, 2]);
  });

  it('stops while it waits', async () => {
    const { link, clock, attempts, last } = setUp();
    link.start();
    await last().fail();
    await link.stop();
    expect(clock.pending).toBe(0);
    clock.advance(60_000);
    expect(attempts).toHaveLength(1);
  });

  it('needs somebody to follow', () => {
    expect(() => setUp({ upstreams: [] })).toThrow('no upstream');
  });

  it('never leaves its table of states', () => {
    const { link } = setUp();
    link.start();
    expect(() => {
      link.start();
    }).toThrow('cannot go from connecting to connecting');
    expect(() => {
      checkTransition('stopped', 'connecting');
    }).toThrow('cannot go from stopped to connecting');
  });
});
