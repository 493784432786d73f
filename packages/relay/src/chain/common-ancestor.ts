import type { BlockPlace, BranchWindow } from './branch-window.js';

/** What {@link findAncestor} needs. */
export interface AncestorOptions<B> {
  readonly window: BranchWindow<B>;
  readonly placeOf: (block: B) => BlockPlace;
  /** Hash of the upstream's block at a height; undefined if it has none. */
  readonly fetchHash: (height: bigint) => Promise<string | undefined>;
  /** How far to go back, blocks; default 1000. */
  readonly most?: number;
}

/**
 * Goes back from a window's tip to the first block that the upstream has too. The one just below the window counts: its
 * hash is known from its child.
 *
 * @returns its height; undefined if there is none within reach.
 */
export async function findAncestor<B>(options: AncestorOptions<B>): Promise<bigint | undefined> {
  const { window, placeOf, fetchHash, most = 1000 } = options;
  const { tip, lowest } = window;
  if (tip === undefined || lowest === undefined) return undefined;
  const top = placeOf(tip).height;
  const bottom = placeOf(lowest);
  const hashAt = (height: bigint): string | undefined => {
    if (height === bottom.height - 1n) return bottom.parent;
    const known = window.at(height);
    return known && placeOf(known).hash;
  };
  for (let height = top; height >= 0n && height >= bottom.height - 1n; height--) {
    if (top - height > BigInt(most)) return undefined;
    const known = hashAt(height);
    if (known !== undefined && (await fetchHash(height)) === known) return height;
  }
  return undefined;
}
