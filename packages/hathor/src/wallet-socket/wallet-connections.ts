import { Injectable } from '@nestjs/common';
import type { Session } from '@sluice/engine';

/** The open connections of the wallet socket. */
@Injectable()
export class WalletConnections {
  private readonly open = new Set<Session>();

  get size(): number {
    return this.open.size;
  }

  add(session: Session): void {
    this.open.add(session);
    session.onClose(() => this.open.delete(session));
  }

  /** Closes all of them. */
  close(code: number, reason: string): void {
    for (const session of [...this.open]) session.close(code, reason);
  }
}
