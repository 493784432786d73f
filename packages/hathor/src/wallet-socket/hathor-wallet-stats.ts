import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Metrics } from '@sluice/engine';
import { METRICS } from '@sluice/nestjs';
import { hathorMetrics } from '../hathor-metrics.js';
import { SubscribedAddresses } from './addresses/subscribed-addresses.js';
import { WalletConnections } from './wallet-connections.js';

/** Injectable: figures of the wallet socket, as `GET websocket_stats` and the metrics show them. */
@Injectable()
export class HathorWalletStats implements OnModuleDestroy {
  private readonly endObservation: () => void;

  constructor(
    private readonly open: WalletConnections,
    private readonly addresses: SubscribedAddresses,
    @Inject(METRICS) metrics: Metrics,
  ) {
    const { walletConnections, subscribedAddresses } = hathorMetrics;
    this.endObservation = metrics.observe([walletConnections, subscribedAddresses], (report) => {
      report.gauge(walletConnections, {}, this.connections);
      report.gauge(subscribedAddresses, {}, this.subscribedAddresses);
    });
  }

  onModuleDestroy(): void {
    this.endObservation();
  }

  /** Open connections. */
  get connections(): number {
    return this.open.size;
  }

  /** Distinct addresses that connections are subscribed to. */
  get subscribedAddresses(): number {
    return this.addresses.size;
  }
}
