import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus } from '@sluice/engine';
import { BasaltChain } from '../node-api/basalt-chain.js';
import type { BasaltBlock } from './basalt-block.js';
import { assertBlock } from './block-check.js';

/** Injectable: knows the latest block, and lets nothing else than blocks be announced. */
@Injectable()
export class BasaltBlocks implements OnModuleInit, OnModuleDestroy {
  private latestBlock: BasaltBlock | undefined;
  private readonly stop: (() => void)[] = [];

  constructor(
    private readonly bus: EventBus,
    @Inject(BasaltChain) private readonly chain: BasaltChain,
  ) {
    this.stop.push(
      bus.record(({ type, data }) => {
        if (type === 'basalt.block') assertBlock(data);
        return undefined;
      }),
    );
    const announced = bus.on('basalt.block').subscribe(({ data }) => (this.latestBlock = data));
    this.stop.push(() => {
      announced.unsubscribe();
    });
  }

  /** Before the port opens: a chain that was there before has a latest block already. */
  async onModuleInit(): Promise<void> {
    const latest = await this.chain.latest();
    if (latest !== undefined && this.latestBlock === undefined) this.prime(latest);
  }

  onModuleDestroy(): void {
    for (const stop of this.stop) stop();
  }

  /** The block that a new client would be told of; undefined while there is none. */
  get latest(): BasaltBlock | undefined {
    return this.latestBlock;
  }

  /**
   * Sets the latest block without announcing it.
   *
   * @throws SluiceError `INVALID` if it is no block.
   */
  prime(block: BasaltBlock): void {
    assertBlock(block);
    this.latestBlock = block;
  }

  /** Announces a block to every client: `bus.publish('basalt.block', block)`. */
  announce(block: BasaltBlock): Promise<void> {
    return this.bus.publish('basalt.block', block);
  }
}
