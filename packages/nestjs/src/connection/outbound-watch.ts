import type { CancelTask, Clock, Session } from '@sluice/engine';

/** How often what waits is summed up while anything does, milliseconds. */
const INTERVAL_MS = 1000;

/** A client for which something may wait. */
export interface WaitingClient {
  readonly session: Session;
  /** Bytes that wait for it in this process, what flow control holds back included. */
  readonly waitingBytes: number;
}

/**
 * Keeps what waits for all clients together under a limit: many of them, each within its own, could exhaust the memory.
 * Those for whom most waits are evicted first, so that those who keep up never are.
 */
export class OutboundWatch {
  private readonly clients = new Set<WaitingClient>();
  private cancelLook: CancelTask | undefined;

  /** @param limit most bytes for all clients. */
  constructor(
    private readonly limit: number,
    private readonly clock: Clock,
  ) {}

  /** Something waits for a client from now on. */
  note(client: WaitingClient): void {
    this.clients.add(client);
    this.cancelLook ??= this.clock.after(INTERVAL_MS, this.look);
  }

  /** The client is gone. */
  forget(client: WaitingClient): void {
    this.clients.delete(client);
    if (this.clients.size > 0) return;
    this.cancelLook?.();
    this.cancelLook = undefined;
  }

  private readonly look = (): void => {
    this.cancelLook = undefined;
    let total = 0;
    const waiting: { client: WaitingClient; bytes: number }[] = [];
    for (const client of this.clients) {
      const bytes = client.waitingBytes;
      if (bytes === 0) this.clients.delete(client);
      else waiting.push({ client, bytes });
      total += bytes;
    }
    if (total > this.limit) waiting.sort((a, b) => b.bytes - a.bytes);
    for (const { client, bytes } of waiting) {
      if (total <= this.limit) break;
      total -= bytes;
      client.session.evict('outbound limit of all clients');
    }
    if (this.clients.size > 0) this.cancelLook ??= this.clock.after(INTERVAL_MS, this.look);
  };
}
