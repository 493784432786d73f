import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ChainEventMap, Clock } from '@sluice/engine';
import { EventBus } from '@sluice/engine';
import { HathorEvents } from '@sluice/hathor';
import type { MockChainEvent } from '@sluice/mock-chain';
import { STEPS_PER_BLOCK } from '@sluice/mock-chain';
import { CLOCK } from '@sluice/nestjs';
import type { SampleConfig } from '../config/sample-config.js';
import { SAMPLE_CONFIG } from '../config/sample-config.token.js';
import type { ChainAction } from './chain-action.js';
import type { HathorEventName } from './control/hathor-control.dto.js';
import { HATHOR_SOURCE, type HathorSource } from './hathor-source.js';
import { hasAccepted } from './accepted-vertices.js';
import type { Paced } from '../control/paced-control.controller.js';
import { Pacer } from '../pacing/pacer.js';
import type { RunningChain } from './running-chain.js';

/** Publishes what happens on the mock chain, one action after the other. */
@Injectable()
export class HathorFeed implements Paced, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(HathorFeed.name);
  private readonly pacer: Pacer;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(HATHOR_SOURCE) private readonly source: HathorSource,
    @Inject(SAMPLE_CONFIG) private readonly config: SampleConfig,
    @Inject(CLOCK) clock: Clock,
    private readonly bus: EventBus,
    private readonly events: HathorEvents,
  ) {
    this.pacer = new Pacer(clock, () => this.step());
  }

  /** Everything that is already known is published before the port opens. */
  async onApplicationBootstrap(): Promise<void> {
    await this.publishAll(this.source.script, (event) => event.time * 1000);
    const { running } = this.source;
    if (running !== undefined && this.events.resumedAfter !== undefined) {
      await this.publishAll(
        await running.takeUnpublished(({ hash, eventId }) =>
          hasAccepted(this.events.stream, hash, eventId),
        ),
      );
    }
    const { source } = this.config;
    if (source.kind === 'chain') this.setPace(source.paceMs);
  }

  async onModuleDestroy(): Promise<void> {
    this.pacer.setInterval(0);
    await this.last.catch(() => undefined);
    this.source.running?.close();
  }

  /** Whether there is a chain to which something can be done. */
  get isDriven(): boolean {
    return this.source.running !== undefined;
  }

  get isPaused(): boolean {
    return this.pacer.isPaused;
  }

  /** Milliseconds between blocks; 0: only by hand. */
  get paceMs(): number {
    return this.pacer.interval * STEPS_PER_BLOCK;
  }

  /** @param ms time between blocks; 0: only by hand. */
  setPace(ms: number): void {
    this.pacer.setInterval(ms / STEPS_PER_BLOCK);
  }

  pause(): void {
    this.pacer.pause();
  }

  resume(): void {
    this.pacer.resume();
  }

  /**
   * Performs an action on the chain and stores its events.
   *
   * @returns what happened.
   * @throws what the chain throws if it cannot be done, or a refusal of the event queue.
   */
  perform(action: ChainAction): Promise<readonly MockChainEvent[]> {
    return this.inTurn(async () => {
      const { running } = this.source;
      if (running === undefined)
        throw new Error('The sample serves fixed events: nothing can be done to them');
      // A miner's block is made for the head that it has seen, and may bridge the gap by itself.
      const catchesUp = action.do !== 'submit';
      while (catchesUp && running.isIdle) await this.performOn(running, { do: 'catch-up' });
      return this.performOn(running, action);
    });
  }

  /** Publishes an event that no chain has made, once or several times. */
  publish<K extends HathorEventName>(type: K, data: ChainEventMap[K], count = 1): Promise<void> {
    return this.inTurn(async () => {
      await Promise.all(Array.from({ length: count }, () => this.bus.publish(type, data)));
    });
  }

  private async performOn(
    running: RunningChain,
    action: ChainAction,
  ): Promise<readonly MockChainEvent[]> {
    const { events, failure } = running.perform(action, this.events.stream.head + 1);
    await this.publishAll(events);
    if (failure !== undefined) throw failure;
    return events;
  }

  private async step(): Promise<void> {
    try {
      await this.perform({ do: 'step' });
    } catch (error) {
      this.logger.error(`The chain stands still: ${(error as Error).message}`);
      this.pause();
    }
  }

  /** All in one turn: the log stores what one action brought whole or not at all. */
  private async publishAll(
    events: readonly MockChainEvent[],
    time?: (event: MockChainEvent) => number,
  ): Promise<void> {
    await Promise.all(
      events.map((event) =>
        this.bus.publish(event.type, event.data, time === undefined ? {} : { time: time(event) }),
      ),
    );
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.last.then(task, task);
    this.last = result.catch(() => undefined);
    return result;
  }
}
