import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { CommittedBlock } from '@sluice/bigchaindb';
import { EventBus, type Clock } from '@sluice/engine';
import { BigchaindbMockChain, BigchaindbTraffic } from '@sluice/mock-chain/bigchaindb';
import { CLOCK } from '@sluice/nestjs';
import type { SampleConfig } from '../config/sample-config.js';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import { Pacer } from '../pacing/pacer.js';

/** Runs the BigchainDB network and publishes its blocks. */
@Injectable()
export class BigchaindbFeed implements OnApplicationBootstrap, OnModuleDestroy {
  readonly chain: BigchaindbMockChain;
  private readonly logger = new Logger(BigchaindbFeed.name);
  private readonly traffic: BigchaindbTraffic;
  private readonly pacer: Pacer;

  constructor(
    @Inject(SAMPLE_CONFIG) private readonly config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly bus: EventBus,
  ) {
    const { seed } = config;
    this.chain = new BigchaindbMockChain({ seed });
    this.traffic = new BigchaindbTraffic(this.chain, seed);
    this.pacer = new Pacer(clock, () => this.nextBlock());
  }

  onApplicationBootstrap(): void {
    const { source } = this.config;
    if (source.kind === 'chain') this.pacer.setInterval(source.paceMs);
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

  setPace(ms: number): void {
    this.pacer.setInterval(ms);
  }

  pause(): void {
    this.pacer.pause();
  }

  resume(): void {
    this.pacer.resume();
  }

  /** A block of the traffic. */
  step(): Promise<void> {
    return this.publish(this.traffic.step());
  }

  /** Publishes a block, of the chain or not. */
  publish(block: CommittedBlock): Promise<void> {
    return this.bus.publish('block.committed', block);
  }

  private async nextBlock(): Promise<void> {
    try {
      await this.step();
    } catch (error) {
      this.logger.error(`The BigchainDB network stands still: ${(error as Error).message}`);
      this.pause();
    }
  }
}
