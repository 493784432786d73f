import type { BranchWindow } from './branch-window.js';

/** What {@link findAncestor} needs. */
export interface AncestorOptions<B> {
  readonly window: BranchWindow<B>;
  readonly heightOf: (block: B) => bigint;
  readonly hashOf: (block: B) => string;
  /** Hash of the upstream's block at a height; undefined if it has none. */
  readonly fetchHash: (height: bigint) => Promise<string | undefined>;
  /** How far to go back, blocks; default 1000. */
  readonly most?: number;
}

/**
 * Goes back from a window's tip to the first block that the upstream has too.
 *
 * @returns the block; undefined if there is none within reach.
 */
export async function findAncestor<B>(options: AncestorOptions<B>): Promise<B | undefined> {
  const { window, heightOf, hashOf, fetchHash, most = 1000 } = options;
  const { tip, lowest } = window;
  if (tip === undefined || lowest === undefined) return undefined;
  const top = heightOf(tip);
  const reach = top - BigInt(most);
  for (let height = top; height >= reach && height >= heightOf(lowest); height--) {
    const known = window.at(height);
    if (known !== undefined && (await fetchHash(height)) === hashOf(known)) return known;
  }
  return undefined;
}
