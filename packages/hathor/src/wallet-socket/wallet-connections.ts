import { Injectable } from '@nestjs/common';
import type { Session } from '@sluice/engine';

/** The open connections of the wallet socket. */
@Injectable()
export class WalletConnections {
  private open = 0;

  get size(): number {
    return this.open;
  }

  add(session: Session): void {
    this.open++;
    session.onClose(() => this.open--);
  }
}
