/** Follows a node over HTTP, as a node in RPC mode does (contract 11, "the way the original's RPC mode does"). */
import { findAncestor, pause, type Attempt } from '@sluice/relay';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { BasaltSource } from './basalt-source.js';
import type { Follower, FollowerOptions } from './follower.js';
import { SourceAnswerError } from './http-answer.js';
import { blockPlace } from './read-block.js';

/** Most blocks of one batch. */
const BATCH = 100n;
/** Attempts that fail although the source is ahead, before a fork is suspected. */
const FORK_SUSPICION = 3;
/** How far back a common ancestor is looked for, blocks. */
const FORK_REACH = 1000;

interface Poll {
  readonly source: BasaltSource;
  readonly signal: AbortSignal;
}

export class PollFollower implements Follower {
  /** Failures in a row while the source was ahead. */
  private failures = 0;

  constructor(private readonly options: FollowerOptions) {}

  async attempt({ upstream, signal, online }: Attempt<string>): Promise<void> {
    const { chain, clock, settings } = this.options;
    const source = new BasaltSource(upstream, { clock, timeoutMs: settings.timeoutMs });
    chain.source = source;
    for (;;) {
      const moved = await this.look({ source, signal });
      online();
      this.options.ready?.();
      await pause(clock, moved ? settings.pauseMs : settings.blockTimeMs, signal);
    }
  }

  /** @returns whether the source was ahead. */
  private async look(poll: Poll): Promise<boolean> {
    const { latestBlock } = await poll.source.status(poll.signal);
    const { tip } = this.options.chain.window;
    if (tip === undefined) {
      await this.announce(await this.fetch(latestBlock, poll));
      return true;
    }
    if (latestBlock <= BigInt(tip.number)) return false;
    try {
      await this.catchUp(tip, latestBlock, poll);
      this.failures = 0;
      return true;
    } catch (error) {
      this.failures++;
      throw error;
    }
  }

  private async catchUp(tip: BasaltBlock, latest: bigint, poll: Poll): Promise<void> {
    const ancestor = this.failures >= FORK_SUSPICION ? await this.rewind(tip, poll) : undefined;
    await this.batch(ancestor ?? BigInt(tip.number), latest, poll);
  }

  /** Announces what comes after a height, at most so many blocks. */
  private async batch(after: bigint, latest: bigint, poll: Poll): Promise<void> {
    const last = latest < after + BATCH ? latest : after + BATCH;
    const isEach = this.options.settings.announce === 'every-block';
    for (let height = isEach ? after + 1n : last; height <= last; height++) {
      const block = await this.fetch(height, poll);
      const ancestor = await this.ancestorOf(block, poll);
      if (ancestor !== undefined) {
        await this.batch(ancestor, latest, poll);
        return;
      }
      await this.announce(block);
    }
  }

  /** A block that follows the tip but names another parent tells of a fork at once, without three failures. */
  private async ancestorOf(block: BasaltBlock, poll: Poll): Promise<bigint | undefined> {
    const { window } = this.options.chain;
    const { tip } = window;
    if (tip === undefined || window.relate(block) !== 'branch') return undefined;
    return this.rewind(tip, poll);
  }

  /**
   * Goes back to the last block that the source has too.
   *
   * @returns its height; undefined if there was no fork.
   * @throws SourceAnswerError if there is no such block within reach.
   */
  private async rewind(tip: BasaltBlock, poll: Poll): Promise<bigint | undefined> {
    const { window } = this.options.chain;
    const theirs = await poll.source.block(BigInt(tip.number), poll.signal);
    if (theirs === undefined || theirs.hash === tip.hash) return undefined;
    const ancestor = await findAncestor({
      window,
      placeOf: blockPlace,
      fetchHash: async (height) => (await poll.source.block(height, poll.signal))?.hash,
      most: FORK_REACH,
    });
    if (ancestor === undefined) {
      this.options.warn(`${poll.source.url} is on another chain: no block in common`);
      throw new SourceAnswerError(`${poll.source.url} has no block in common with this node`);
    }
    window.rewind(ancestor);
    return ancestor;
  }

  private async fetch(height: bigint, { source, signal }: Poll): Promise<BasaltBlock> {
    const block = await source.block(height, signal);
    if (block === undefined) throw new SourceAnswerError(`${source.url} has no block ${height}`);
    return block;
  }

  private async announce(block: BasaltBlock): Promise<void> {
    await this.options.announce(block);
    this.options.chain.add(block);
  }
}
