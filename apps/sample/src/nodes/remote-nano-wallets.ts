import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { CallHandlers, CancelTask, Clock, NodeCalls } from '@sluice/engine';
import { NanoWallets } from '@sluice/nano';
import { CLOCK } from '@sluice/nestjs';
import type { NanoSource } from '../nano/nano-source.js';
import { NODE_CALLS } from './node-calls.token.js';

const SERVICE = 'nano';

/** How often the accounts are fetched, milliseconds: new ones are rare. */
const FETCH_MS = 2000;

/** A copy of the accounts of the writer's wallet: it is asked for every block, so it answers from memory. */
@Injectable()
export class RemoteNanoWallets
  extends NanoWallets
  implements OnApplicationBootstrap, OnModuleDestroy
{
  private readonly logger = new Logger(RemoteNanoWallets.name);
  private accounts: ReadonlySet<string> = new Set();
  private cancel: CancelTask = () => undefined;
  private ended = false;

  constructor(
    @Inject(NODE_CALLS) private readonly calls: NodeCalls,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  has(account: string): boolean {
    return this.accounts.has(account);
  }

  async onApplicationBootstrap(): Promise<void> {
    try {
      this.accounts = new Set(await this.calls.ask<string[]>(SERVICE, 'accounts'));
    } catch (error) {
      if (!this.ended && this.accounts.size === 0) this.logger.debug((error as Error).message);
    }
    if (!this.ended) {
      this.cancel = this.clock.after(FETCH_MS, () => void this.onApplicationBootstrap());
    }
  }

  onModuleDestroy(): void {
    this.ended = true;
    this.cancel();
  }
}

/** The writer's answers. */
export function answerNano({ chain }: NanoSource): CallHandlers {
  return { accounts: () => chain.keys.wallet.accounts };
}
