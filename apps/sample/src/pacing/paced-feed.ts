import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import type { SampleConfig } from '../config/sample-config.js';
import type { Paced } from '../control/paced-control.controller.js';
import { Pacer } from './pacer.js';

/** A chain that moves by itself; where Hathor serves fixed events, by hand only. */
export abstract class PacedFeed implements Paced, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(this.constructor.name);
  private readonly pacer: Pacer;

  constructor(
    private readonly config: SampleConfig,
    clock: Clock,
  ) {
    this.pacer = new Pacer(clock, () => this.stepOrStop());
  }

  /** The next thing that happens; resolves when it is published. */
  abstract step(): Promise<unknown>;

  onApplicationBootstrap(): void {
    const { source } = this.config;
    if (source.kind === 'chain') this.setPace(source.paceMs);
  }

  onModuleDestroy(): void {
    this.pacer.setInterval(0);
  }

  get isPaused(): boolean {
    return this.pacer.isPaused;
  }

  /** Milliseconds between two steps; 0: only by hand. */
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

  private async stepOrStop(): Promise<void> {
    try {
      await this.step();
    } catch (error) {
      this.logger.error(`The chain stands still: ${(error as Error).message}`);
      this.pause();
    }
  }
}
