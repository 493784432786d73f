import { Inject, Injectable, Logger } from '@nestjs/common';
import type { CancelTask, Clock } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import { catchError, defer, EMPTY, exhaustMap, Observable } from 'rxjs';
import { HathorWalletChain } from '../chain/hathor-wallet-chain.js';
import { inTime } from '../chain/in-time.js';
import { WalletConnections } from './wallet-connections.js';
import type { DashboardMessage } from './wallet-messages.js';

/** Time between two messages, milliseconds. */
const INTERVAL_MS = 1000;

/** The dashboard's figures, every second from the start of the application on (contract 1.4). */
@Injectable()
export class DashboardFeed {
  private readonly logger = new Logger(DashboardFeed.name);

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly chain: HathorWalletChain,
    private readonly connections: WalletConnections,
  ) {}

  /** The chain is asked only while somebody listens, and never twice at a time. */
  readonly messages$: Observable<DashboardMessage> = new Observable<void>((subscriber) => {
    let cancel: CancelTask;
    let due = this.clock.monotonic() + INTERVAL_MS;
    const wait = (): void => {
      cancel = this.clock.after(due - this.clock.monotonic(), () => {
        // Seconds in which the event loop stood still are left out, not made up for.
        const late = this.clock.monotonic() - due;
        due += INTERVAL_MS * Math.max(1, Math.ceil(late / INTERVAL_MS));
        wait();
        subscriber.next();
      });
    };
    wait();
    return () => {
      cancel();
    };
  }).pipe(exhaustMap(() => (this.connections.size === 0 ? EMPTY : this.question())));

  /** A chain that fails costs one message, not the feed. */
  private question(): Observable<DashboardMessage> {
    return defer(() => this.ask()).pipe(
      catchError((error: unknown) => {
        this.logger.error(error);
        return EMPTY;
      }),
    );
  }

  private async ask(): Promise<DashboardMessage> {
    const { transactions, blocks, best_block_height, hash_rate, peers } = await inTime(
      this.chain.dashboard(),
      this.clock,
    );
    return {
      type: 'dashboard:metrics',
      transactions,
      blocks,
      best_block_height,
      hash_rate,
      peers,
      time: this.clock.now() / 1000,
    };
  }
}
