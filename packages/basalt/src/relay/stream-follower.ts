/**
 * Follows a node's block stream (contract 11, "Following a node's stream"). The stream has no replay: what was missed
 * while it was away, or skipped by the node itself, is fetched over HTTP before anything newer is announced. What the
 * stream says is never lost for want of HTTP.
 */
import type { Attempt } from '@sluice/relay';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { BasaltSource } from './basalt-source.js';
import type { Follower, FollowerOptions } from './follower.js';
import { MissingBlocksLoader } from './missing-blocks-loader.js';
import { readMessage, type BlockMessage } from './read-block.js';
import { openStream, type UpstreamStream } from './upstream-stream.js';

/** One connection to a source. */
interface Link {
  readonly source: BasaltSource;
  readonly stream: UpstreamStream;
  readonly loader: MissingBlocksLoader;
  readonly signal: AbortSignal;
}

export class StreamFollower implements Follower {
  /** The last block that was announced. */
  private announced: BasaltBlock | undefined;
  /** A block whose announcement waits for another connection, which may bring those before it. */
  private held: BasaltBlock | undefined;
  private upstream: string | undefined;
  /** Whether known blocks are old news: more is known than this connection has told yet. */
  private isCatchingUp = false;

  constructor(private readonly options: FollowerOptions) {}

  async attempt({ upstream, signal, online }: Attempt<string>): Promise<void> {
    const link = await this.connect(upstream, signal);
    // Another source may be behind the last one.
    this.isCatchingUp = this.upstream !== undefined && this.upstream !== upstream;
    this.upstream = upstream;
    online();
    try {
      if (this.held !== undefined) await this.announceWithMissing(this.held, link);
      for await (const message of this.messages(link)) {
        await this.take(message, link);
        this.options.ready?.();
      }
    } finally {
      link.stream.end();
    }
  }

  /** @throws what the connection ends with before it is open; then nothing waits for it any longer. */
  private async connect(upstream: string, signal: AbortSignal): Promise<Link> {
    const { chain, clock, settings, warn } = this.options;
    const source = new BasaltSource(upstream, { clock, timeoutMs: settings.gapMs });
    chain.source = source;
    try {
      const { timeoutMs } = settings;
      const stream = await openStream(source.streamUrl, { signal, clock, timeoutMs });
      const loader = new MissingBlocksLoader({ source, chain, clock, settings, warn, signal });
      return { source, stream, loader, signal };
    } catch (error) {
      if (this.held !== undefined) await this.announce(this.held);
      throw error;
    }
  }

  /**
   * What the stream says. A node that sends no `current_block` would leave open what was missed until its next block:
   * unless it has spoken before, its latest block comes first.
   */
  private async *messages(link: Link): AsyncGenerator<BlockMessage> {
    const texts = link.stream[Symbol.asyncIterator]();
    let next = texts.next();
    const head = await Promise.race([this.headOf(link), next.then(() => undefined)]);
    if (head !== undefined) {
      const { announced } = this;
      yield { type: 'current_block', block: head };
      // The stream may tell of the same blocks in a moment.
      this.isCatchingUp ||= this.announced !== announced;
    }
    for (let read = await next; read.done !== true; read = await next) {
      const message = readMessage(read.value);
      if (message !== undefined) yield message;
      next = texts.next();
    }
  }

  private async headOf({ source, signal, loader }: Link): Promise<BasaltBlock | undefined> {
    const head = await source.block('latest', signal).catch((error: unknown) => {
      loader.failed(error);
      return undefined;
    });
    if (head === undefined) this.options.ready?.();
    return head;
  }

  private async take({ type, block }: BlockMessage, link: Link): Promise<void> {
    const { window } = this.options.chain;
    if (this.isCatchingUp && window.has(block)) return;
    if (type === 'new_block') {
      this.isCatchingUp = false;
      if (block.hash !== this.announced?.hash) await this.announceWithMissing(block, link);
      return;
    }
    // The tip is the last block that was announced, or the first that was not.
    const { tip } = window;
    if (tip !== undefined && BigInt(block.number) > BigInt(tip.number)) {
      await this.announceWithMissing(block, link);
    } else {
      // Of a lower block, the source's other branch perhaps, its clients hear when the source announces what follows.
      this.options.chain.prime(block);
      this.options.prime(block);
    }
  }

  private async announceWithMissing(block: BasaltBlock, link: Link): Promise<void> {
    if (this.options.settings.announce === 'every-block') {
      const { blocks, complete, failure } = await link.loader.before(block);
      // A network that fails may be the end of the source: then another connection is tried, once.
      if (failure !== undefined && this.held === undefined && (await link.stream.hasEnded())) {
        this.held = block;
        throw failure;
      }
      if (!complete || blocks.length > 0) this.options.gap?.(complete ? 'filled' : 'lost');
      for (const missing of blocks) await this.announce(missing);
    }
    await this.announce(block);
  }

  private async announce(block: BasaltBlock): Promise<void> {
    await this.options.announce(block);
    this.options.chain.add(block);
    this.announced = block;
    if (this.held?.hash === block.hash) this.held = undefined;
  }
}
