import type { LinkStatus } from '@sluice/relay';
import type { BasaltBlock } from './basalt-block.js';

/** Where RPC mode stands with its source; `upstream` is its base URL. */
export type BasaltUpstreamStatus = LinkStatus<string>;

declare module '@sluice/engine' {
  interface ChainEventMap {
    /**
     * A block to be announced to every client. In RPC mode the follower publishes it. A value that is no block is refused:
     * `publish` rejects with `INVALID`.
     */
    'basalt.block': BasaltBlock;
    /** RPC mode: the connection to the source has changed. */
    'basalt.upstream': BasaltUpstreamStatus;
  }
}
