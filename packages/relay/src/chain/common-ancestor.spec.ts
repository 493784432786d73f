import { describe, expect, it } from '@jest/globals';
import { hashOf, placeOf, ToyChain, type ToyBlock } from '../../test/support/toy-chain.js';
import { BranchWindow } from './branch-window.js';
import { findAncestor } from './common-ancestor.js';

async function ancestor(blocks: readonly ToyBlock[], upstream: ToyChain, most?: number) {
  const window = new BranchWindow<ToyBlock>(placeOf);
  for (const block of blocks) window.add(block);
  const asked: bigint[] = [];
  const found = await findAncestor({
    window,
    heightOf: (block) => placeOf(block).height,
    hashOf,
    fetchHash: async (height) => {
      asked.push(height);
      const block = await upstream.fetch(height);
      return block && hashOf(block);
    },
    ...(most !== undefined && { most }),
  });
  return { hash: found && hashOf(found), asked };
}

describe('findAncestor', () => {
  it('is the tip itself where there is no fork', async () => {
    const chain = new ToyChain(10);
    expect(await ancestor(chain.blocks, chain)).toEqual({ hash: 'a9', asked: [9n] });
  });

  it('is the first block below the tip that the upstream has too', async () => {
    const fork = new ToyChain(10).fork('b', 3, 6);
    expect(await ancestor(new ToyChain(10).blocks, fork)).toEqual({
      hash: 'a6',
      asked: [9n, 8n, 7n, 6n],
    });
  });

  it('steps over heights the window does not know', async () => {
    const { blocks } = new ToyChain(10);
    const known = blocks.filter(({ height }) => height % 4 === 1);
    expect(await ancestor(known, new ToyChain(10).fork('b', 3, 6))).toEqual({
      hash: 'a5',
      asked: [9n, 5n],
    });
  });

  it('is not looked for beyond reach, or where nothing is known', async () => {
    const fork = new ToyChain(10).fork('b', 8, 9);
    expect((await ancestor(new ToyChain(10).blocks, fork, 3)).asked).toHaveLength(4);
    expect(await ancestor([], fork)).toEqual({ hash: undefined, asked: [] });
    expect((await ancestor(new ToyChain(10).blocks.slice(5), fork)).hash).toBeUndefined();
  });
});
