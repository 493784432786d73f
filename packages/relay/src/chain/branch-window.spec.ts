import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashOf, placeOf, ToyChain, type ToyBlock } from '../../test/support/toy-chain.js';
import { BranchWindow } from './branch-window.js';

function windowOf(blocks: readonly ToyBlock[], size?: number): BranchWindow<ToyBlock> {
  const window = new BranchWindow<ToyBlock>(placeOf, size);
  for (const block of blocks) window.add(block);
  return window;
}

describe('BranchWindow', () => {
  const chain = new ToyChain(10);
  const window = windowOf(chain.blocks);

  it('tells how a block relates to what is known', () => {
    const longer = new ToyChain(12);
    const branch = new ToyChain(10).fork('b', 3, 4);
    expect(new BranchWindow(placeOf).relate(chain.tip)).toBe('first');
    expect(window.relate(longer.at(10))).toBe('next');
    expect(window.relate(longer.at(11))).toBe('gap');
    expect(window.relate(chain.at(4))).toBe('known');
    expect(window.relate(branch.at(7))).toBe('branch');
    expect(window.relate(branch.at(9))).toBe('branch');
    expect(window.relate(branch.at(10))).toBe('branch');
  });

  it('forgets an abandoned branch', () => {
    const other = windowOf(chain.blocks);
    other.add(new ToyChain(10).fork('b', 3, 1).tip);
    expect(other.tip).toMatchObject({ branch: 'b', height: 7 });
    expect(other.at(8n)).toBeUndefined();
    expect(other.find('a9')).toBeUndefined();
    expect(other.find('a6')).toBe(chain.at(6));
    other.rewind(5n);
    expect(other.tip).toBe(chain.at(5));
  });

  it('remembers so many heights and no more', () => {
    const small = windowOf(chain.blocks, 3);
    expect([small.lowest, small.tip]).toEqual([chain.at(7), chain.at(9)]);
    expect(small.at(6n)).toBeUndefined();
  });

  it('takes heights of 64 bits in its stride', () => {
    const high = { height: 2 ** 40, branch: 'z', parent: 'y' };
    const mixed = windowOf([...chain.blocks, high]);
    expect(mixed.lowest).toBe(high);
    mixed.add(chain.at(3));
    expect([mixed.tip, mixed.lowest]).toEqual([chain.at(3), chain.at(3)]);
  });

  it('always is one branch in ascending order, no longer than its size', () => {
    const step = fc.record({ height: fc.nat({ max: 30 }), branch: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 8 }),
        (steps, size) => {
          const window = new BranchWindow<ToyBlock>(placeOf, size);
          for (const { height, branch } of steps) {
            const block = { height, branch, parent: `${branch}${String(height - 1)}` };
            window.add(block);
            expect(window.tip).toBe(block);
            expect(window.relate(block)).toBe('known');
            expect(window.find(hashOf(block))).toBe(block);
            const lowest = window.lowest?.height ?? 0;
            expect(height - lowest).toBeLessThan(size);
            expect(window.at(BigInt(height + 1))).toBeUndefined();
            expect(window.at(BigInt(lowest - 1))).toBeUndefined();
          }
        },
      ),
    );
  });

  it('cannot be without blocks', () => {
    expect(() => new BranchWindow(placeOf, 0)).toThrow(RangeError);
  });
});
