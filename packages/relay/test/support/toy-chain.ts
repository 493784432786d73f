import type { BlockPlace } from '../../src/index.js';

/** A block of a branch: `a7` is block 7 of branch `a`. */
export interface ToyBlock {
  readonly height: number;
  readonly branch: string;
  readonly parent: string;
}

export const hashOf = ({ branch, height }: ToyBlock): string => `${branch}${String(height)}`;

export const placeOf = (block: ToyBlock): BlockPlace => ({
  height: BigInt(block.height),
  hash: hashOf(block),
  parent: block.parent,
});

/** A chain that can change its mind. */
export class ToyChain {
  readonly blocks: ToyBlock[] = [];

  constructor(length: number) {
    this.grow('a', length);
  }

  grow(branch: string, count: number): this {
    for (let added = 0; added < count; added++) {
      const last = this.blocks.at(-1);
      const parent = last === undefined ? '' : hashOf(last);
      this.blocks.push({ height: this.blocks.length, branch, parent });
    }
    return this;
  }

  /** Replaces the newest blocks by others. */
  fork(branch: string, drop: number, count: number): this {
    this.blocks.length -= drop;
    return this.grow(branch, count);
  }

  get tip(): ToyBlock {
    return this.at(this.blocks.length - 1);
  }

  at(height: number): ToyBlock {
    const block = this.blocks[height];
    if (block === undefined) throw new Error(`There is no block ${String(height)}`);
    return block;
  }

  readonly fetch = (height: bigint): Promise<ToyBlock | undefined> =>
    Promise.resolve(this.blocks[Number(height)]);
}
