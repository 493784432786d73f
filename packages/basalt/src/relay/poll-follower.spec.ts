import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { answersOf } from '../../test/support/scripted-node.js';
import { ToyChain } from '../../test/support/toy-blocks.js';
import { basaltSettings } from '../basalt.settings.js';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { FollowedBlocks } from './followed-blocks.js';
import { PollFollower } from './poll-follower.js';

afterEach(() => {
  jest.restoreAllMocks();
});

/** A follower that has a chain's blocks from 0 to 1100, while its source has another branch. */
async function lookAtFork(depth: number) {
  const source = new ToyChain(0, 1100);
  const chain = new FollowedBlocks(1200, 1000);
  for (const block of source.blocks) chain.add(block);
  const branch = source.fork(depth, depth + 1, 'b');
  const answer = answersOf(source);
  jest.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    const body = answer(new URL(url).pathname);
    return Promise.resolve(new Response(String(body), { status: body ? 200 : 404 }));
  });
  const announced: BasaltBlock[] = [];
  const warnings: string[] = [];
  const follower = new PollFollower({
    chain,
    settings: basaltSettings({ follow: { announce: 'every-block' } }).follow,
    clock: new ManualClock(),
    announce: (block) => Promise.resolve(void announced.push(block)),
    prime: () => undefined,
    warn: (message) => warnings.push(message),
  });
  const link = new AbortController();
  const ended = await follower
    .attempt({
      upstream: 'http://source',
      signal: link.signal,
      online: () => {
        link.abort(new Error('The look was enough'));
      },
    })
    .catch(({ message }: Error) => message);
  return { announced, warnings, ended, branch };
}

describe('PollFollower', () => {
  it('finds a common ancestor that is 1,000 blocks back', async () => {
    const { announced, warnings, branch } = await lookAtFork(1000);
    expect(announced).toMatchObject(branch.slice(0, 100).map(({ hash }) => ({ hash })));
    expect(warnings).toEqual([]);
  });

  it('looks no further back, and reports that there is no block in common', async () => {
    const { announced, warnings, ended } = await lookAtFork(1001);
    expect(announced).toEqual([]);
    expect(warnings).toEqual(['http://source is on another chain: no block in common']);
    expect(ended).toMatch('no block in common');
  });
});
