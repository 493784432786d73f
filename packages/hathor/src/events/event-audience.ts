import type { Session, StreamDelivery, StreamReader } from '@sluice/engine';

/** The connections of one run of the event queue, and what brings events to them (contract 2.1). */
export class EventAudience {
  private readonly sessions = new Set<Session>();
  private delivery: StreamDelivery | undefined;

  /** From now on connections may get events. */
  open(delivery: StreamDelivery): void {
    this.delivery = delivery;
  }

  /** Every connection that was registered gets an empty Close. */
  close(): void {
    this.delivery?.stop();
    this.delivery = undefined;
    for (const session of [...this.sessions]) session.close();
  }

  /** @returns false if the queue does not run; the connection will not get events then. */
  register(session: Session): boolean {
    if (this.delivery === undefined) return false;
    this.delivery.reader(session);
    this.sessions.add(session);
    session.onClose(() => this.sessions.delete(session));
    return true;
  }

  /** The flow control of a registered connection. */
  reader(session: Session): StreamReader | undefined {
    return this.sessions.has(session) ? this.delivery?.reader(session) : undefined;
  }
}
