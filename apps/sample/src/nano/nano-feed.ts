import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { EventBus } from '@sluice/engine';
import type { NanoMockChain, NanoMockEvent, NanoTraffic } from '@sluice/mock-chain/nano';
import { CLOCK } from '@sluice/nestjs';
import type { SampleConfig } from '../config/sample-config.js';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import { PacedFeed } from '../pacing/paced-feed.js';
import { NANO_SOURCE, type NanoSource } from './nano-source.js';

/** What an action brought. */
export interface ActionOutcome<T> {
  readonly result: T;
  readonly events: readonly NanoMockEvent[];
}

/** Publishes what happens on the Nano chain, one action after the other. */
@Injectable()
export class NanoFeed extends PacedFeed {
  private readonly chain: NanoMockChain;
  private readonly traffic: NanoTraffic;

  constructor(
    @Inject(NANO_SOURCE) { chain, traffic }: NanoSource,
    @Inject(SAMPLE_CONFIG) config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly bus: EventBus,
  ) {
    super(config, clock);
    this.chain = chain;
    this.traffic = traffic;
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

  step(): Promise<ActionOutcome<unknown>> {
    return this.perform((_, traffic) => traffic.step());
  }
}
