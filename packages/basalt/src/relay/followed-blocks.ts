import { BranchWindow } from '@sluice/relay';
import type { BasaltBlock, BasaltInteger } from '../blocks/basalt-block.js';
import { BasaltChain } from '../node-api/basalt-chain.js';
import type { BasaltSource } from './basalt-source.js';
import { blockPlace } from './read-block.js';

/** The chain of a node that follows another: the newest blocks it has seen, and for the rest what its source says. */
export class FollowedBlocks extends BasaltChain {
  readonly window: BranchWindow<BasaltBlock>;
  /** Who is followed at the moment. */
  source: BasaltSource | undefined;
  private head: BasaltBlock | undefined;

  /**
   * @param size blocks that are remembered.
   * @param timeoutMs longest time to ask the source for a block.
   */
  constructor(
    size: number,
    private readonly timeoutMs: number,
  ) {
    super();
    this.window = new BranchWindow(blockPlace, size);
  }

  /** Takes a block that was announced: the tip of the window from now on, and the latest one. */
  add(block: BasaltBlock): void {
    this.window.add(block);
    this.head = block;
  }

  /** Takes the latest block of the source without its being announced; it may be lower than what was. */
  prime(block: BasaltBlock): void {
    if (this.window.tip === undefined) this.window.add(block);
    this.head = block;
  }

  latest(): BasaltBlock | undefined {
    return this.head;
  }

  /** The stream says nothing of the base fee: where it is missing the source is asked, which may be away. */
  async block(which: BasaltInteger | string): Promise<BasaltBlock | undefined> {
    const known =
      typeof which === 'string' ? this.window.find(which) : this.window.at(BigInt(which));
    if (known?.baseFee !== undefined || this.source === undefined) return known;
    const wanted = known?.hash ?? (typeof which === 'string' ? which : BigInt(which));
    try {
      return (await this.source.block(wanted, AbortSignal.timeout(this.timeoutMs))) ?? known;
    } catch {
      return known;
    }
  }
}
