import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { EventBus, type Clock } from '@sluice/engine';
import type { BeaconEvents } from '@sluice/lighthouse';
import { LighthouseMockChain, LighthouseTraffic } from '@sluice/mock-chain/lighthouse';
import { CLOCK } from '@sluice/nestjs';
import type { SampleConfig } from '../config/sample-config.js';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import { Pacer } from '../pacing/pacer.js';

/** The chain has gone for almost three epochs: the first finalization comes with the fourth slot. */
const WARM_UP_SLOTS = 92;

/** Runs the beacon chain and publishes what happens on it. */
@Injectable()
export class LighthouseFeed implements OnApplicationBootstrap, OnModuleDestroy {
  readonly chain: LighthouseMockChain;
  private readonly logger = new Logger(LighthouseFeed.name);
  private readonly traffic: LighthouseTraffic;
  private readonly pacer: Pacer;
  private published = 0;

  constructor(
    @Inject(SAMPLE_CONFIG) private readonly config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly bus: EventBus,
  ) {
    const { seed } = config;
    this.chain = new LighthouseMockChain({ seed, warmUpSlots: WARM_UP_SLOTS });
    this.traffic = new LighthouseTraffic(this.chain, { seed });
    this.pacer = new Pacer(clock, () => this.nextSlot());
    this.chain.on(({ type, data }) => void this.publish(type, data));
  }

  onApplicationBootstrap(): void {
    const { source } = this.config;
    if (source.kind === 'chain') this.pacer.setInterval(source.paceMs);
  }

  onModuleDestroy(): void {
    this.pacer.setInterval(0);
  }

  /** Events published so far. */
  get events(): number {
    return this.published;
  }

  get isPaused(): boolean {
    return this.pacer.isPaused;
  }

  /** Milliseconds between slots; 0: only by hand. */
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

  /** A slot of the traffic. */
  step(): void {
    this.traffic.step();
  }

  /** Publishes an event, of the chain or not. */
  publish<K extends keyof BeaconEvents>(type: K, data: BeaconEvents[K]): Promise<void> {
    this.published++;
    return this.bus.publish(type, data as never);
  }

  private nextSlot(): Promise<void> {
    try {
      this.step();
    } catch (error) {
      this.logger.error(`The beacon chain stands still: ${(error as Error).message}`);
      this.pause();
    }
    return Promise.resolve();
  }
}
