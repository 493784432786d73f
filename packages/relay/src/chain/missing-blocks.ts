import type { BlockPlace, BranchWindow } from './branch-window.js';

/** What {@link findMissing} needs. */
export interface MissingBlocksOptions<B> {
  readonly window: BranchWindow<B>;
  readonly placeOf: (block: B) => BlockPlace;
  /** The upstream's block at a height; undefined if it has none. */
  readonly fetch: (height: bigint) => Promise<B | undefined>;
  /** Most blocks that are fetched; default 1000. */
  readonly most?: number;
}

/** What lies between a window and a new block. */
export interface MissingBlocks<B> {
  /** In the order of the chain, without the new block itself. */
  readonly blocks: readonly B[];
  /** Whether they join the window and the new block without a gap. */
  readonly complete: boolean;
}

/**
 * Fetches the blocks between a window and a new block: skipped ones, and after a branch switch those of the new branch
 * from the common ancestor on. Goes back from the new block until it meets a block of the window. Where the window ends
 * before that, everything that was ever told is replaced.
 *
 * If the upstream has changed its mind meanwhile, does not know a block, or gives one of another height, what was found by
 * then is returned.
 */
export async function findMissing<B>(
  block: B,
  options: MissingBlocksOptions<B>,
): Promise<MissingBlocks<B>> {
  const { window, placeOf, fetch, most = 1000 } = options;
  const { tip, lowest } = window;
  if (tip === undefined || lowest === undefined) return { blocks: [], complete: true };
  const top = placeOf(tip).height;
  const bottom = placeOf(lowest).height;
  const found: B[] = [];
  for (let next = placeOf(block); ;) {
    const height = next.height - 1n;
    const known = window.at(height);
    if (height < bottom || (known !== undefined && placeOf(known).hash === next.parent)) {
      return { blocks: found.reverse(), complete: true };
    }
    const answer = found.length < most ? await fetch(height) : undefined;
    const fetched = answer && placeOf(answer).height === height ? answer : undefined;
    const joins = fetched !== undefined && placeOf(fetched).hash === next.parent;
    // A block above the tip was skipped, whatever has become of its branch; below, only the right branch counts.
    if (fetched === undefined || (!joins && height <= top)) {
      return { blocks: found.reverse(), complete: false };
    }
    found.push(fetched);
    next = placeOf(fetched);
  }
}
