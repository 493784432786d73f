import { Inject, Injectable } from '@nestjs/common';
import { BasaltBlocks, type BasaltBlock } from '@sluice/basalt';
import type { Clock } from '@sluice/engine';
import type { BasaltMockChain } from '@sluice/mock-chain/basalt';
import { CLOCK } from '@sluice/nestjs';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import type { SampleConfig } from '../config/sample-config.js';
import { PacedFeed } from '../pacing/paced-feed.js';
import { BASALT_SOURCE, type BasaltSource } from './basalt-source.js';

/** What is done to the mock chain. */
export type BasaltAction = (chain: BasaltMockChain) => readonly BasaltBlock[];

/** Announces the blocks of the mock chain. */
@Injectable()
export class BasaltFeed extends PacedFeed {
  constructor(
    @Inject(BASALT_SOURCE) private readonly source: BasaltSource,
    @Inject(SAMPLE_CONFIG) config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly blocks: BasaltBlocks,
  ) {
    super(config, clock);
  }

  override onApplicationBootstrap(): void {
    if (this.source.chain !== undefined) super.onApplicationBootstrap();
  }

  /** @throws Error if there is no chain to drive, as do `pause` and `resume`. */
  override setPace(ms: number): void {
    this.assertDriven();
    super.setPace(ms);
  }

  override pause(): void {
    this.assertDriven();
    super.pause();
  }

  override resume(): void {
    this.assertDriven();
    super.resume();
  }

  step(): Promise<readonly BasaltBlock[]> {
    return this.perform((chain) => [chain.mine()]);
  }

  /**
   * Does something to the chain and announces the blocks that it says.
   *
   * @returns the announced blocks.
   * @throws Error if there is no chain to do it to, or what the chain throws.
   */
  async perform(action: BasaltAction): Promise<readonly BasaltBlock[]> {
    const announced = action(this.assertDriven());
    await Promise.all(announced.map((block) => this.blocks.announce(block)));
    return announced;
  }

  private assertDriven(): BasaltMockChain {
    const { chain } = this.source;
    if (chain !== undefined) return chain;
    throw new Error('The sample follows another node: nothing can be done to its chain');
  }
}
