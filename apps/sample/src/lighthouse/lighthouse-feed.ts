import { Inject, Injectable } from '@nestjs/common';
import { EventBus, type Clock } from '@sluice/engine';
import type { BeaconEvents } from '@sluice/lighthouse';
import { LighthouseMockChain, LighthouseTraffic } from '@sluice/mock-chain/lighthouse';
import { CLOCK } from '@sluice/nestjs';
import type { SampleConfig } from '../config/sample-config.js';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import { PacedFeed } from '../pacing/paced-feed.js';

/** The chain has gone for almost three epochs: the first finalization comes with the fourth slot. */
const WARM_UP_SLOTS = 92;

/** Runs the beacon chain and publishes what happens on it. */
@Injectable()
export class LighthouseFeed extends PacedFeed {
  readonly chain: LighthouseMockChain;
  private readonly traffic: LighthouseTraffic;
  private published = 0;

  constructor(
    @Inject(SAMPLE_CONFIG) config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly bus: EventBus,
  ) {
    super(config, clock);
    const { seed } = config;
    this.chain = new LighthouseMockChain({ seed, warmUpSlots: WARM_UP_SLOTS });
    this.traffic = new LighthouseTraffic(this.chain, { seed });
    this.chain.on(({ type, data }) => void this.publish(type, data));
  }

  /** Events published so far. */
  get events(): number {
    return this.published;
  }

  /** A slot of the traffic. */
  step(): Promise<void> {
    this.traffic.step();
    return Promise.resolve();
  }

  /** Publishes an event, of the chain or not. */
  publish<K extends keyof BeaconEvents>(type: K, data: BeaconEvents[K]): Promise<void> {
    this.published++;
    return this.bus.publish(type, data as never);
  }
}
