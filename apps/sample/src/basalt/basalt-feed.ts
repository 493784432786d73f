import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { BasaltBlocks, type BasaltBlock } from '@sluice/basalt';
import type { Clock } from '@sluice/engine';
import type { BasaltMockChain } from '@sluice/mock-chain/basalt';
import { CLOCK } from '@sluice/nestjs';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import type { SampleConfig } from '../config/sample-config.js';
import { Pacer } from '../pacing/pacer.js';
import { BASALT_SOURCE, type BasaltSource } from './basalt-source.js';

/** What is done to the mock chain. */
export type BasaltAction = (chain: BasaltMockChain) => readonly BasaltBlock[];

/** Announces the blocks of the mock chain. */
@Injectable()
export class BasaltFeed implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly pacer: Pacer;

  constructor(
    @Inject(BASALT_SOURCE) private readonly source: BasaltSource,
    @Inject(SAMPLE_CONFIG) private readonly config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly blocks: BasaltBlocks,
  ) {
    this.pacer = new Pacer(clock, () => this.perform((chain) => [chain.mine()]));
  }

  onApplicationBootstrap(): void {
    const { source } = this.config;
    if (this.source.chain !== undefined && source.kind === 'chain') this.setPace(source.paceMs);
  }

  onModuleDestroy(): void {
    this.pacer.setInterval(0);
  }

  get isPaused(): boolean {
    return this.pacer.isPaused;
  }

  /** Milliseconds between blocks; 0: only by hand. */
  get paceMs(): number {
    return this.pacer.interval;
  }

  /** @throws Error if there is no chain to drive, as do `pause` and `resume`. */
  setPace(ms: number): void {
    this.assertDriven();
    this.pacer.setInterval(ms);
  }

  pause(): void {
    this.assertDriven();
    this.pacer.pause();
  }

  resume(): void {
    this.assertDriven();
    this.pacer.resume();
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
