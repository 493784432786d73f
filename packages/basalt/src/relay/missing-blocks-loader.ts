import type { Clock } from '@sluice/engine';
import { findMissing } from '@sluice/relay';
import type { BasaltFollowOptions } from '../basalt.options.js';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import type { BasaltSource } from './basalt-source.js';
import type { FollowedBlocks } from './followed-blocks.js';
import { SourceAnswerError, SourceTimeoutError } from './http-answer.js';
import { blockPlace } from './read-block.js';

/** Collaborators of a {@link MissingBlocksLoader}. */
export interface LoaderOptions {
  readonly source: BasaltSource;
  readonly chain: FollowedBlocks;
  readonly clock: Clock;
  readonly settings: Required<BasaltFollowOptions>;
  readonly warn: (message: string) => void;
  readonly signal: AbortSignal;
}

/** What comes before a block, as far as it can be had. */
export interface BlocksBefore {
  readonly blocks: readonly BasaltBlock[];
  /** Whether that is all of them. */
  readonly complete: boolean;
  /** What the network threw, if that is why some are missing. */
  readonly failure?: Error;
}

/** Fetches the blocks that one connection's stream has left out. */
export class MissingBlocksLoader {
  /** Whether the source has let the time pass: nothing waits for it then until the next connection. */
  private isSilent = false;

  constructor(private readonly options: LoaderOptions) {}

  /** Notes why the source gave no answer. @returns the error if it was the network's. */
  failed(error: unknown): Error | undefined {
    if (error instanceof SourceTimeoutError) this.isSilent = true;
    return error instanceof SourceAnswerError ? undefined : (error as Error);
  }

  /** Blocks between what is known and a new one, in order. */
  async before(block: BasaltBlock): Promise<BlocksBefore> {
    const { source, chain, clock, settings, warn, signal } = this.options;
    let failure = undefined as Error | undefined;
    const until = clock.monotonic() + settings.timeoutMs;
    const fetch = async (height: bigint): Promise<BasaltBlock | undefined> => {
      if (this.isSilent || clock.monotonic() > until) return undefined;
      try {
        return await source.block(height, signal);
      } catch (error) {
        failure = this.failed(error);
        return undefined;
      }
    };
    const { window } = chain;
    const found = await findMissing(block, {
      window,
      placeOf: blockPlace,
      fetch,
      most: settings.window,
    });
    if (found.complete) return found;
    warn(`Blocks before ${block.number} of ${source.url} cannot be had`);
    return { ...found, ...(failure && { failure }) };
  }
}
