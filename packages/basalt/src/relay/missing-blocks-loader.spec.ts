import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { answersOf } from '../../test/support/scripted-node.js';
import { ToyChain } from '../../test/support/toy-blocks.js';
import { basaltSettings } from '../basalt.settings.js';
import { BasaltSource } from './basalt-source.js';
import { FollowedBlocks } from './followed-blocks.js';
import { MissingBlocksLoader } from './missing-blocks-loader.js';

afterEach(() => {
  jest.restoreAllMocks();
});

/** What is found between block 0 and block 100 of a source, each of whose answers takes a while. */
async function load(answerMs: number, window: number) {
  const clock = new ManualClock();
  const theirs = new ToyChain(0, 100);
  const answer = answersOf(theirs);
  const asked = jest.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    clock.advance(answerMs);
    return Promise.resolve(new Response(answer(new URL(url).pathname) as string));
  });
  const chain = new FollowedBlocks(window, 1000);
  chain.add(theirs.at(0));
  const warnings: string[] = [];
  const loader = new MissingBlocksLoader({
    source: new BasaltSource('http://source', { clock, timeoutMs: 2000 }),
    chain,
    clock,
    settings: basaltSettings({ follow: { window } }).follow,
    warn: (message) => warnings.push(message),
    signal: new AbortController().signal,
  });
  const { blocks } = await loader.before(theirs.at(100));
  return {
    numbers: blocks.map(({ number }) => number),
    warnings,
    requests: asked.mock.calls.length,
  };
}

describe('MissingBlocksLoader', () => {
  it('finds everything between what is known and what is new', async () => {
    const { numbers, warnings } = await load(100, 1000);
    expect(numbers).toEqual(Array.from({ length: 99 }, (_, index) => index + 1));
    expect(warnings).toEqual([]);
  });

  it('goes back as far as anything is remembered', async () => {
    const { numbers, warnings, requests } = await load(100, 3);
    expect(numbers).toEqual([97, 98, 99]);
    expect(warnings).toEqual(['Blocks before 100 of http://source cannot be had']);
    expect(requests).toBe(3);
  });

  it('takes 30 seconds for all of them, however slow the source is', async () => {
    const { numbers, warnings } = await load(1500, 1000);
    expect(numbers).toEqual(Array.from({ length: 21 }, (_, index) => index + 79));
    expect(warnings).toHaveLength(1);
  });
});
