import type { Clock } from '@sluice/engine';
import type { Attempt, GapResult } from '@sluice/relay';
import type { BasaltFollowOptions } from '../basalt.options.js';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import type { FollowedBlocks } from './followed-blocks.js';

/** What a follower needs. */
export interface FollowerOptions {
  readonly chain: FollowedBlocks;
  readonly settings: Required<BasaltFollowOptions>;
  readonly clock: Clock;
  /** Announces a block to every client. */
  readonly announce: (block: BasaltBlock) => Promise<void>;
  /** Makes a block the latest one without announcing it. */
  readonly prime: (block: BasaltBlock) => void;
  /** Hears that the source has told its latest block, or will not tell it before the next one. */
  readonly ready?: () => void;
  /** Hears of blocks that a stream has passed over. Default: nobody does. */
  readonly gap?: (result: GapResult) => void;
  /** Hears of what an operator should know: blocks that cannot be had, a source on another chain. */
  readonly warn: (message: string) => void;
}

/** Follows one source until it is gone. */
export interface Follower {
  attempt(attempt: Attempt<string>): Promise<void>;
}
