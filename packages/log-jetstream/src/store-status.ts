import type { EventLog, FollowedLog, LogStatus } from '@sluice/engine';
import type { SluiceError } from '@sluice/engine';
import type { ServerConnection } from './server-connection.js';

/** How a store is, from what its connection and streams say. */
export class StoreStatus {
  private readonly failures = new Map<EventLog | FollowedLog | string, SluiceError>();
  private connection: ServerConnection | undefined;
  private waits = 0;
  private connecting = false;
  private isOver = false;
  private lastError: SluiceError | undefined;

  get current(): LogStatus {
    const error = this.lastOf();
    return { state: this.state(), ...(error && { error }) };
  }

  /** Connecting takes more than one attempt. */
  notConnected(error: SluiceError): void {
    this.connecting = true;
    this.lastError = error;
  }

  connected(connection: ServerConnection): void {
    this.connecting = false;
    this.connection = connection;
  }

  /** Counts what is waited for. */
  async waiting<T>(wait: Promise<T>): Promise<T> {
    this.waits += 1;
    try {
      return await wait;
    } finally {
      this.waits -= 1;
    }
  }

  /** @param log or the name of a stream that could not be followed. */
  failed(log: EventLog | FollowedLog | string, error: SluiceError): void {
    this.failures.set(log, error);
    this.lastError = error;
  }

  /** A stream that has failed was given up, or is tried again. */
  closed(log: EventLog | FollowedLog | string): void {
    this.failures.delete(log);
  }

  over(): void {
    this.isOver = true;
  }

  private state(): LogStatus['state'] {
    if (this.isOver) return 'idle';
    if (this.failures.size > 0) return 'failed';
    if (this.connecting || this.connection?.answering === false) return 'reconnecting';
    if (this.waits > 0) return 'waiting';
    return this.connection === undefined ? 'idle' : 'connected';
  }

  private lastOf(): SluiceError | undefined {
    const [failure] = [...this.failures.values()].slice(-1);
    return failure ?? this.connection?.trouble ?? this.lastError;
  }
}
