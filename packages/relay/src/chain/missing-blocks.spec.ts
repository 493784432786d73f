import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashOf, placeOf, ToyChain, type ToyBlock } from '../../test/support/toy-chain.js';
import { BranchWindow } from './branch-window.js';
import { findMissing } from './missing-blocks.js';

function windowOf(blocks: readonly ToyBlock[], size?: number): BranchWindow<ToyBlock> {
  const window = new BranchWindow<ToyBlock>(placeOf, size);
  for (const block of blocks) window.add(block);
  return window;
}

async function missing(window: BranchWindow<ToyBlock>, upstream: ToyChain, most?: number) {
  const { blocks, complete } = await findMissing(upstream.tip, {
    window,
    placeOf,
    fetch: upstream.fetch,
    ...(most !== undefined && { most }),
  });
  return { hashes: blocks.map(hashOf), complete };
}

describe('findMissing', () => {
  it('finds nothing where nothing is missing', async () => {
    expect(await missing(windowOf([]), new ToyChain(5))).toEqual({ hashes: [], complete: true });
    expect(await missing(windowOf(new ToyChain(4).blocks), new ToyChain(5))).toEqual({
      hashes: [],
      complete: true,
    });
  });

  it('finds what was skipped', async () => {
    const window = windowOf(new ToyChain(3).blocks);
    expect(await missing(window, new ToyChain(7))).toEqual({
      hashes: ['a3', 'a4', 'a5'],
      complete: true,
    });
  });

  it('finds the new branch from the common ancestor on', async () => {
    const window = windowOf(new ToyChain(10).blocks);
    expect(await missing(window, new ToyChain(10).fork('b', 3, 5))).toEqual({
      hashes: ['b7', 'b8', 'b9', 'b10'],
      complete: true,
    });
    expect(await missing(window, new ToyChain(10).fork('b', 3, 2))).toEqual({
      hashes: ['b7'],
      complete: true,
    });
  });

  it('goes back no further than anything was told', async () => {
    const window = windowOf(new ToyChain(10).blocks.slice(7));
    expect(await missing(window, new ToyChain(10).fork('b', 9, 10))).toEqual({
      hashes: ['b7', 'b8', 'b9'],
      complete: true,
    });
  });

  it('takes no block of another height for an answer', async () => {
    const upstream = new ToyChain(9);
    const asked: bigint[] = [];
    const found = await findMissing(upstream.tip, {
      window: windowOf(new ToyChain(3).blocks),
      placeOf,
      fetch: (height) => {
        asked.push(height);
        return upstream.fetch(height === 7n ? height : 8n);
      },
    });
    expect(found).toMatchObject({ complete: false });
    expect(found.blocks.map(hashOf)).toEqual(['a7']);
    expect(asked).toEqual([7n, 6n]);
  });

  it('returns what it has when there is too much, or the upstream has no more', async () => {
    const window = windowOf(new ToyChain(3).blocks);
    expect(await missing(window, new ToyChain(9), 2)).toEqual({
      hashes: ['a6', 'a7'],
      complete: false,
    });
    const upstream = new ToyChain(9);
    const { blocks, complete } = await findMissing(upstream.tip, {
      window,
      placeOf,
      fetch: (height) => (height < 7n ? Promise.resolve(undefined) : upstream.fetch(height)),
    });
    expect([blocks.map(hashOf), complete]).toEqual([['a7'], false]);
  });

  it('takes skipped blocks of a branch the upstream has left meanwhile, but joins no branches below the tip', async () => {
    const window = windowOf(new ToyChain(5).blocks);
    const announced = new ToyChain(9).tip;
    const upstream = new ToyChain(9).fork('b', 6, 6);
    const { blocks, complete } = await findMissing(announced, {
      window,
      placeOf,
      fetch: upstream.fetch,
    });
    expect(complete).toBe(true);
    expect(blocks.map(hashOf)).toEqual(['b3', 'b4', 'b5', 'b6', 'b7']);
    const low = { height: 4, branch: 'c', parent: 'c3' };
    expect(await findMissing(low, { window, placeOf, fetch: upstream.fetch })).toEqual({
      blocks: [],
      complete: false,
    });
  });

  it('makes every window a faithful copy of the branch, whatever happened meanwhile', async () => {
    const change = fc.record({ drop: fc.nat({ max: 6 }), grow: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12, size: 'max' }), async (changes) => {
        const upstream = new ToyChain(20);
        const window = windowOf(upstream.blocks);
        for (const [number, { drop, grow }] of changes.entries()) {
          upstream.fork(`f${String(number)}-`, drop, grow);
          const { blocks, complete } = await findMissing(upstream.tip, {
            window,
            placeOf,
            fetch: upstream.fetch,
          });
          expect(complete).toBe(true);
          for (const block of [...blocks, upstream.tip]) window.add(block);
          for (const block of upstream.blocks) expect(window.at(BigInt(block.height))).toBe(block);
        }
      }),
    );
  });
});
