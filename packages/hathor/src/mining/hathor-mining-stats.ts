import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Metrics, Session } from '@sluice/engine';
import { METRICS } from '@sluice/nestjs';
import { hathorMetrics } from '../hathor-metrics.js';

/** Injectable: figures of the mining socket. */
@Injectable()
export class HathorMiningStats implements OnModuleDestroy {
  private readonly open = new Set<Session>();
  private readonly endObservation: () => void;

  constructor(@Inject(METRICS) metrics: Metrics) {
    const { miningConnections } = hathorMetrics;
    this.endObservation = metrics.observe([miningConnections], (report) => {
      report.gauge(miningConnections, {}, this.connections);
    });
  }

  onModuleDestroy(): void {
    this.endObservation();
  }

  /** Open connections: the metric `mining_ws_connections` of a node. */
  get connections(): number {
    return this.open.size;
  }

  /** Called by the socket for each connection. */
  count(session: Session): void {
    this.open.add(session);
    session.onClose(() => this.open.delete(session));
  }
}
