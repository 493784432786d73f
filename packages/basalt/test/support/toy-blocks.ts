import { createHash } from 'node:crypto';
import type { BasaltBlock } from '../../src/index.js';

const GENESIS_PARENT = `0x${'0'.repeat(64)}`;

const digest = (text: string): string => `0x${createHash('sha256').update(text).digest('hex')}`;

/** A block with hashes of the right form; `branch` tells blocks of one number apart. */
export function toyBlock(number: number, parentHash = GENESIS_PARENT, branch = ''): BasaltBlock {
  return {
    number,
    hash: digest(`block ${branch}${String(number)} ${parentHash}`),
    parentHash,
    stateRoot: digest(`state ${String(number)}`),
    timestamp: 1_700_000_000_000 + number * 2000,
    proposer: digest(branch).slice(0, 42),
    gasUsed: 21_000,
    gasLimit: 100_000_000,
    baseFee: '1000000000',
    transactionCount: 1,
  };
}

/** A chain that can change its mind: what a scripted node has. */
export class ToyChain {
  readonly blocks: BasaltBlock[] = [];

  /** @param first number of the first block. */
  constructor(
    private readonly first: number,
    last: number,
  ) {
    this.grow(last - first + 1);
  }

  get tip(): BasaltBlock {
    return this.at(this.first + this.blocks.length - 1);
  }

  at(number: number): BasaltBlock {
    const block = this.blocks[number - this.first];
    if (block === undefined) throw new Error(`There is no block ${String(number)}`);
    return block;
  }

  find(which: string): BasaltBlock | undefined {
    if (which === 'latest') return this.blocks.at(-1);
    return this.blocks.find(({ number, hash }) => String(number) === which || hash === which);
  }

  /** @returns the new blocks. */
  grow(count: number, branch = ''): readonly BasaltBlock[] {
    const before = this.blocks.length;
    for (let added = 0; added < count; added++) {
      const number = this.first + this.blocks.length;
      this.blocks.push(toyBlock(number, this.blocks.at(-1)?.hash, branch));
    }
    return this.blocks.slice(before);
  }

  /** Abandons the newest blocks for others. @returns those. */
  fork(drop: number, count: number, branch: string): readonly BasaltBlock[] {
    this.blocks.length -= drop;
    return this.grow(count, branch);
  }
}
