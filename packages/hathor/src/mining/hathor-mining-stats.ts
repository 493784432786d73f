import { Injectable } from '@nestjs/common';
import type { Session } from '@sluice/engine';

/** Injectable: figures of the mining socket. */
@Injectable()
export class HathorMiningStats {
  private readonly open = new Set<Session>();

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
