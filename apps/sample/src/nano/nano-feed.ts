import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { EventBus } from '@sluice/engine';
import type { NanoMockChain, NanoMockEvent, NanoTraffic } from '@sluice/mock-chain/nano';
import { CLOCK } from '@sluice/nestjs';
import type { SampleConfig } from '../config/sample-config.js';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import { Pacer } from '../pacing/pacer.js';
import { NANO_SOURCE, type NanoSource } from './nano-source.js';

/** What an action brought. */
export interface ActionOutcome<T> {
  readonly result: T;
  readonly events: readonly NanoMockEvent[];
}

/** Publishes what happens on the Nano chain, one action after the other. */
@Injectable()
export class NanoFeed implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(NanoFeed.name);
  private readonly pacer: Pacer;
  private readonly chain: NanoMockChain;
  private readonly traffic: NanoTraffic;

  constructor(
    @Inject(NANO_SOURCE) { chain, traffic }: NanoSource,
    @Inject(SAMPLE_CONFIG) private readonly config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly bus: EventBus,
  ) {
    this.chain = chain;
    this.traffic = traffic;
    this.pacer = new Pacer(clock, () => this.step());
  }

  /** Where Hathor serves fixed events, this chain moves by hand only. */
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

  /** Milliseconds between two steps of the traffic; 0: only by hand. */
  get pace(): number {
    return this.pacer.interval;
  }

  set pace(ms: number) {
    this.pacer.setInterval(ms);
  }

  pause(): void {
    this.pacer.pause();
  }

  resume(): void {
    this.pacer.resume();
  }

  /**
   * Performs an action on the chain and publishes what it announces, also when it fails half-way.
   *
   * @returns once everything is published.
   * @throws what the chain throws.
   */
  async perform<T>(
    action: (chain: NanoMockChain, traffic: NanoTraffic) => T,
  ): Promise<ActionOutcome<T>> {
    const events: NanoMockEvent[] = [];
    const stop = this.chain.on((event) => events.push(event));
    try {
      return { result: action(this.chain, this.traffic), events };
    } finally {
      stop();
      await Promise.all(events.map((event) => this.publish(event)));
    }
  }

  /** Publishes an event that no chain has made. */
  publish({ type, data }: NanoMockEvent): Promise<void> {
    return this.bus.publish(type, data);
  }

  private async step(): Promise<void> {
    try {
      await this.perform((_, traffic) => traffic.step());
    } catch (error) {
      this.logger.error(`The Nano chain stands still: ${(error as Error).message}`);
      this.pause();
    }
  }
}
