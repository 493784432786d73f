import type { BlockTemplate } from '@sluice/hathor/codec';

/** The search for one block, over all templates with the same block parent. */
export class MiningRound {
  readonly parent: string | undefined;
  readonly height: number;
  weight: number;
  /** Hashes tried. */
  hashes = 0;
  /** Blocks that so many hashes find on average. */
  private expected = 0;
  private hashingMs = 0;

  constructor({ parents, height, weight }: BlockTemplate) {
    this.parent = parents[0];
    this.height = height;
    this.weight = weight;
  }

  /** Whether work for the template goes on with this search. */
  isFor({ parents }: BlockTemplate): boolean {
    return parents[0] === this.parent;
  }

  add(hashes: number, ms: number): void {
    this.hashes += hashes;
    this.expected += hashes / 2 ** this.weight;
    this.hashingMs += ms;
  }

  /** How probable it was to have found a block by now, 0 … 1. */
  get chance(): number {
    return 1 - Math.exp(-this.expected);
  }

  /** Above 1: found with fewer hashes than it takes on average. */
  get luck(): number {
    return 1 / this.expected;
  }

  /** Seconds of hashing so far, by so many threads. */
  seconds(threads: number): number {
    return this.hashingMs / 1000 / threads;
  }
}
