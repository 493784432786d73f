import { BranchWindow, findMissing, UpstreamLink } from '../src/index.js';

export interface Block {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
}

/** A node, however it is reached. */
export interface Upstream {
  /** New blocks as they come; ends or throws when the connection is lost, and when the signal is aborted. */
  blocks(signal: AbortSignal): AsyncIterable<Block>;
  blockAt(height: bigint, signal: AbortSignal): Promise<Block | undefined>;
}

const placeOf = (block: Block) => ({
  height: BigInt(block.number),
  hash: block.hash,
  parent: block.parentHash,
});

/** Announces every block of the upstream's chain once, in order, whatever happens to the connection. */
export function follow(
  upstreams: readonly Upstream[],
  announce: (block: Block) => void,
): UpstreamLink<Upstream> {
  const window = new BranchWindow(placeOf);
  const link = new UpstreamLink({
    upstreams,
    onStatus: ({ state, waitMs }) => {
      if (state === 'waiting') console.log(`Lost the upstream, back in ${waitMs} ms`);
    },
    attempt: async ({ upstream, signal, online }) => {
      for await (const block of upstream.blocks(signal)) {
        online();
        if (window.has(block)) continue;
        const fetch = (height: bigint) => upstream.blockAt(height, signal);
        const { blocks: missing } = await findMissing(block, { window, placeOf, fetch });
        for (const each of [...missing, block]) {
          window.add(each);
          announce(each);
        }
      }
    },
  });
  link.start();
  return link;
}
