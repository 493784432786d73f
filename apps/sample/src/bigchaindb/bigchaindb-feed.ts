import { Inject, Injectable } from '@nestjs/common';
import type { CommittedBlock } from '@sluice/bigchaindb';
import { EventBus, type Clock } from '@sluice/engine';
import { BigchaindbMockChain, BigchaindbTraffic } from '@sluice/mock-chain/bigchaindb';
import { CLOCK } from '@sluice/nestjs';
import type { SampleConfig } from '../config/sample-config.js';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import { PacedFeed } from '../pacing/paced-feed.js';

/** Runs the BigchainDB network and publishes its blocks. */
@Injectable()
export class BigchaindbFeed extends PacedFeed {
  readonly chain: BigchaindbMockChain;
  private readonly traffic: BigchaindbTraffic;

  constructor(
    @Inject(SAMPLE_CONFIG) config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly bus: EventBus,
  ) {
    super(config, clock);
    const { seed } = config;
    this.chain = new BigchaindbMockChain({ seed });
    this.traffic = new BigchaindbTraffic(this.chain, seed);
  }

  /** A block of the traffic. */
  step(): Promise<void> {
    return this.publish(this.traffic.step());
  }

  /** Publishes a block, of the chain or not. */
  publish(block: CommittedBlock): Promise<void> {
    return this.bus.publish('block.committed', block);
  }
}
