/**
 * Follows a node's block stream (contract 11, "Following a node's stream"). The stream has no replay: what was missed
 * while it was away, or skipped by the node itself, is fetched over HTTP before anything newer is announced.
 */
import { findMissing, type Attempt } from '@sluice/relay';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { BasaltSource } from './basalt-source.js';
import type { Follower, FollowerOptions } from './follower.js';
import { blockPlace, readMessage, type BlockMessage } from './read-block.js';
import { openStream, type UpstreamStream } from './upstream-stream.js';

/** One connection to a source. */
interface Link {
  readonly source: BasaltSource;
  readonly stream: UpstreamStream;
  readonly signal: AbortSignal;
}

/** How often the network may fail while the same gap is filled, before what is newer is announced all the same. */
const GAP_ATTEMPTS = 2;

export class StreamFollower implements Follower {
  /** The latest block, if it came as `current_block` and was never announced. */
  private unannounced: BasaltBlock | undefined;
  private gapFailures = 0;

  constructor(private readonly options: FollowerOptions) {}

  async attempt({ upstream, signal, online }: Attempt<string>): Promise<void> {
    const { chain, clock, settings } = this.options;
    const source = new BasaltSource(upstream, { clock, timeoutMs: settings.gapMs });
    chain.source = source;
    const { timeoutMs } = settings;
    const stream = await openStream(source.streamUrl, { signal, clock, timeoutMs });
    const link = { source, stream, signal };
    try {
      await this.lookAtHead(link);
      online();
      for await (const text of stream) {
        const message = readMessage(text);
        if (message !== undefined) await this.take(message, link);
      }
    } finally {
      stream.end();
    }
  }

  /** A node that sends no `current_block` would leave open what was missed until its next block. */
  private async lookAtHead(link: Link): Promise<void> {
    const head = await link.source.block('latest', link.signal).catch(() => undefined);
    if (head !== undefined) await this.take({ type: 'current_block', block: head }, link);
  }

  private async take({ type, block }: BlockMessage, link: Link): Promise<void> {
    const { window } = this.options.chain;
    const relation = window.relate(block);
    if (relation === 'known') {
      if (type === 'new_block' && this.unannounced?.hash === block.hash) await this.announce(block);
      return;
    }
    if (type === 'new_block') {
      await this.announceWithMissing(block, link);
    } else if (relation === 'first') {
      window.add(block);
      this.unannounced = block;
      this.options.prime(block);
    } else if (BigInt(block.number) > BigInt(window.tip?.number ?? 0)) {
      await this.announceWithMissing(block, link);
    } else {
      // A shorter branch: its blocks are announced as soon as the source announces one of them.
      this.options.prime(block);
    }
  }

  private async announceWithMissing(block: BasaltBlock, link: Link): Promise<void> {
    if (this.options.settings.announce === 'every-block') {
      for (const missing of await this.missing(block, link)) await this.announce(missing);
    }
    await this.announce(block);
  }

  /** @throws what the network throws, if another connection may bring the blocks. */
  private async missing(block: BasaltBlock, link: Link): Promise<readonly BasaltBlock[]> {
    const { chain, clock, settings, warn } = this.options;
    const { window } = chain;
    const late = new AbortController();
    const cancel = clock.after(settings.gapMs, () => {
      late.abort(new Error(`not filled within ${settings.gapMs} ms`));
    });
    const signal = AbortSignal.any([link.signal, late.signal]);
    let failure: Error | undefined;
    const fetch = (height: bigint): Promise<BasaltBlock | undefined> =>
      link.source.block(height, signal).catch((error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error));
        return undefined;
      });
    const { blocks, complete } = await findMissing(block, {
      window,
      placeOf: blockPlace,
      fetch,
      most: settings.window,
    }).finally(cancel);
    if (complete) {
      this.gapFailures = 0;
      return blocks;
    }
    const again = failure !== undefined && ++this.gapFailures < GAP_ATTEMPTS;
    if (!link.stream.isOpen || again) throw failure ?? new Error('The source left');
    this.gapFailures = 0;
    warn(`Blocks before ${block.number} of ${link.source.url} cannot be had`);
    return blocks;
  }

  private async announce(block: BasaltBlock): Promise<void> {
    this.unannounced = undefined;
    this.options.chain.window.add(block);
    await this.options.announce(block);
  }
}
