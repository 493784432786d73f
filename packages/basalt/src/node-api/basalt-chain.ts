import type { BasaltBlock, BasaltInteger } from '../blocks/basalt-block.js';

/** A value now, or a promise of it. */
export type MaybePromise<T> = T | Promise<T>;

/**
 * Port: what the Basalt endpoints ask the application's chain. An injection token; extend it and pass the class. It makes
 * the HTTP endpoints that followers of a node need, and `current_block` of a chain that was there before the start.
 */
export abstract class BasaltChain {
  /** The newest block; undefined while there is none. */
  abstract latest(): MaybePromise<BasaltBlock | undefined>;

  /**
   * A block of the present branch; undefined if there is none.
   *
   * @param which its number, or its hash in lower case.
   */
  abstract block(which: BasaltInteger | string): MaybePromise<BasaltBlock | undefined>;
}

/** The chain of an application that has named none. */
export class NoBasaltChain extends BasaltChain {
  latest(): undefined {
    return undefined;
  }

  block(): undefined {
    return undefined;
  }
}
