import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { BasaltBlocks, BasaltChain, type BasaltBlock, type BasaltInteger } from '@sluice/basalt';
import { EventBus, type CallHandlers, type NodeCalls } from '@sluice/engine';
import { NODE_CALLS } from './node-calls.token.js';

const SERVICE = 'basalt';

/** The Basalt chain of the writer. */
@Injectable()
export class RemoteBasaltChain extends BasaltChain {
  private readonly logger = new Logger(RemoteBasaltChain.name);

  constructor(@Inject(NODE_CALLS) private readonly calls: NodeCalls) {
    super();
  }

  /** Undefined also while there is no writer: the first block that it announces will be the latest. */
  async latest(): Promise<BasaltBlock | undefined> {
    try {
      return await this.calls.ask(SERVICE, 'latest');
    } catch (error) {
      this.logger.debug((error as Error).message);
      return undefined;
    }
  }

  block(which: BasaltInteger | string): Promise<BasaltBlock | undefined> {
    return this.calls.ask(SERVICE, 'block', which);
  }
}

/** After a loss the latest block is the writer's again, for who connects before the next one. */
@Injectable()
export class BasaltRecovery implements OnApplicationBootstrap {
  constructor(
    private readonly bus: EventBus,
    private readonly blocks: BasaltBlocks,
    private readonly chain: BasaltChain,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.losses$.subscribe(() => void this.recover());
  }

  private async recover(): Promise<void> {
    const before = this.blocks.latest;
    const latest = await this.chain.latest();
    // A block that was announced meanwhile is newer than the answer.
    if (latest !== undefined && this.blocks.latest === before) this.blocks.prime(latest);
  }
}

/** The writer's answers. */
export function answerBasalt(chain: BasaltChain): CallHandlers {
  return {
    latest: () => chain.latest(),
    block: (which: BasaltInteger | string) => chain.block(which),
  };
}
