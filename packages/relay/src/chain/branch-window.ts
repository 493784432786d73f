/**
 * What a follower knows of the chain it follows: the newest blocks of one branch, by height. It says how a new block
 * relates to them, which is all that gap detection, de-duplication and branch switches need.
 */

/** Where a block stands. */
export interface BlockPlace {
  readonly height: bigint;
  /** Its identity; heights repeat when the chain changes its mind. */
  readonly hash: string;
  readonly parent: string;
}

/**
 * How a block relates to a {@link BranchWindow}.
 *
 * - `first`: nothing is known yet.
 * - `known`: it is in the window.
 * - `next`: it follows the tip.
 * - `gap`: it is higher than that; blocks in between, or the tip's branch, are missing.
 * - `branch`: it takes the place of blocks in the window, or of some below.
 */
export type BlockRelation = 'first' | 'known' | 'next' | 'gap' | 'branch';

export class BranchWindow<B> {
  /** Ascending, perhaps with holes. */
  private readonly order: B[] = [];
  private readonly blocks = new Map<bigint, B>();

  /**
   * @param placeOf reads a block's place.
   * @param size heights that are remembered, the tip's included.
   * @throws RangeError if the size is no whole number from 1.
   */
  constructor(
    private readonly placeOf: (block: B) => BlockPlace,
    private readonly size = 1000,
  ) {
    if (!(Number.isInteger(size) && size >= 1)) {
      throw new RangeError(`A window cannot have ${size} blocks`);
    }
  }

  /** The highest block. */
  get tip(): B | undefined {
    return this.order.at(-1);
  }

  /** The lowest block that is remembered. */
  get lowest(): B | undefined {
    return this.order[0];
  }

  at(height: bigint): B | undefined {
    return this.blocks.get(height);
  }

  /** A block by its hash. */
  find(hash: string): B | undefined {
    return this.order.find((block) => this.placeOf(block).hash === hash);
  }

  /** Whether this very block is in the window. */
  has(block: B): boolean {
    const { height, hash } = this.placeOf(block);
    const known = this.at(height);
    return known !== undefined && this.placeOf(known).hash === hash;
  }

  relate(block: B): BlockRelation {
    if (this.tip === undefined) return 'first';
    if (this.has(block)) return 'known';
    const tip = this.placeOf(this.tip);
    const { height, parent } = this.placeOf(block);
    if (height <= tip.height) return 'branch';
    if (height > tip.height + 1n) return 'gap';
    return parent === tip.hash ? 'next' : 'branch';
  }

  /** Makes a block the tip; whatever stood at its height or above is forgotten. */
  add(block: B): void {
    const { height } = this.placeOf(block);
    this.rewind(height - 1n);
    this.order.push(block);
    this.blocks.set(height, block);
    const least = height - BigInt(this.size);
    for (let oldest = this.lowest; oldest !== undefined; oldest = this.lowest) {
      if (this.placeOf(oldest).height > least) return;
      this.blocks.delete(this.placeOf(oldest).height);
      this.order.shift();
    }
  }

  /** Abandons the branch above a height. */
  rewind(height: bigint): void {
    for (let { tip } = this; tip !== undefined; { tip } = this) {
      const place = this.placeOf(tip);
      if (place.height <= height) return;
      this.blocks.delete(place.height);
      this.order.pop();
    }
  }
}
