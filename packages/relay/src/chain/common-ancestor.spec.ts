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
    placeOf,
    fetchHash: async (height) => {
      asked.push(height);
      const block = await upstream.fetch(height);
      return block && hashOf(block);
    },
    ...(most !== undefined && { most }),
  });
  return { height: found, asked };
}

describe('findAncestor', () => {
  it('is the tip itself where there is no fork', async () => {
    const chain = new ToyChain(10);
    expect(await ancestor(chain.blocks, chain)).toEqual({ height: 9n, asked: [9n] });
  });

  it('is the first block below the tip that the upstream has too', async () => {
    const fork = new ToyChain(10).fork('b', 3, 6);
    expect(await ancestor(new ToyChain(10).blocks, fork)).toEqual({
      height: 6n,
      asked: [9n, 8n, 7n, 6n],
    });
  });

  it('steps over heights the window does not know', async () => {
    const { blocks } = new ToyChain(10);
    const known = blocks.filter(({ height }) => height % 4 === 1);
    expect(await ancestor(known, new ToyChain(10).fork('b', 3, 6))).toEqual({
      height: 5n,
      asked: [9n, 5n],
    });
  });

  it('may be the one just below what is known', async () => {
    const fork = new ToyChain(10).fork('b', 5, 6);
    expect(await ancestor(new ToyChain(10).blocks.slice(5), fork)).toMatchObject({ height: 4n });
    expect((await ancestor(new ToyChain(3).blocks, new ToyChain(0).grow('b', 5))).asked).toEqual([
      2n,
      1n,
      0n,
    ]);
  });

  it('is not looked for beyond reach, or where nothing is known', async () => {
    const fork = new ToyChain(10).fork('b', 8, 9);
    expect((await ancestor(new ToyChain(10).blocks, fork, 3)).asked).toHaveLength(4);
    expect(await ancestor([], fork)).toEqual({ height: undefined, asked: [] });
    expect((await ancestor(new ToyChain(10).blocks.slice(5), fork)).height).toBeUndefined();
  });
});
