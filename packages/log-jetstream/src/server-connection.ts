/** The connection to the servers, shared by all streams of a store. It is made again whenever it is lost. */
import {
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import type { SluiceError } from '@sluice/engine';
import { errors, type NatsConnection } from '@nats-io/transport-node';
import { atMost } from './at-most.js';
import type { JetStreamConnection } from './connection-options.js';
import { logFault } from './log-faults.js';
import { natsConnection } from './nats-connection.js';

/** Told when requests that are under way will not be answered any more. */
export type LossListener = () => void;

/** Told of a subject that this user may not use. */
export type DenialListener = (subject: string) => void;

/** Milliseconds for what is on its way to the server when the connection is closed, and for closing it. */
const LAST_WORDS_MS = 1000;

export class ServerConnection {
  readonly publisher: JetStreamClient;
  private readonly listeners = new Set<LossListener>();
  private readonly denials = new Set<DenialListener>();
  private readonly waiting = new Set<() => void>();
  private online = true;
  private isSilent = false;
  /** Whether the server has said why it will end the connection. */
  private hasComplained = false;
  private lossCount = 0;
  private lastTrouble: SluiceError | undefined;
  private lastMaxPayload = 1024 ** 2;

  private constructor(
    private readonly connection: NatsConnection,
    readonly manager: JetStreamManager,
    /** Milliseconds to wait for an answer. */
    readonly timeout: number,
  ) {
    this.publisher = jetstream(connection, { timeout });
    void this.follow();
  }

  /** @throws SluiceError `unreachable` if there is no connection at the first attempt. */
  static async open(
    servers: readonly string[],
    options: JetStreamConnection,
    timeout: number,
  ): Promise<ServerConnection> {
    try {
      const connection = await natsConnection('event log', servers, options, timeout);
      const manager = await jetstreamManager(connection, { checkAPI: false, timeout });
      return new ServerConnection(connection, manager, timeout);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw logFault(servers.join(), 'unreachable', `no connection (${message})`, { cause });
    }
  }

  /** For subscriptions and plain messages. */
  get nats(): Pick<NatsConnection, 'publish' | 'subscribe'> {
    return this.connection;
  }

  /** Most bytes of a message, as the server now says. */
  get maxPayload(): number {
    this.lastMaxPayload = this.connection.info?.max_payload ?? this.lastMaxPayload;
    return this.lastMaxPayload;
  }

  /** Whether the connection has ended for good: closed by us, or given up by the client library. */
  get ended(): boolean {
    return this.connection.isClosed();
  }

  /** Whether there is a connection and the server answers. */
  get answering(): boolean {
    return this.online && !this.isSilent;
  }

  /** How often it was lost: what was found out before a loss may not be so any more. */
  get losses(): number {
    return this.lossCount;
  }

  /** What went wrong with it last. */
  get trouble(): SluiceError | undefined {
    return this.lastTrouble;
  }

  /** A request was answered, or it was not. */
  heard(error?: Error): void {
    this.isSilent = error !== undefined;
    if (error !== undefined) this.note(`no answer (${error.message})`, error);
  }

  /** Resolves when there is a connection, or there will be none any more. */
  async connected(): Promise<void> {
    if (this.online || this.ended) return;
    await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  /** @returns a function that ends this. */
  onLoss(listener: LossListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @returns a function that ends this. */
  onDenial(listener: DenialListener): () => void {
    this.denials.add(listener);
    return () => this.denials.delete(listener);
  }

  /** Ends what is still under way, also if the server is silent. */
  async close(): Promise<void> {
    if (this.answering && !this.ended) await atMost(LAST_WORDS_MS, this.connection.flush());
    await atMost(LAST_WORDS_MS, this.connection.close());
  }

  private async follow(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.lost();
      if (status.type === 'reconnect') this.found();
      if (status.type === 'error') this.complain(status.error);
    }
    this.lost();
    this.found();
  }

  private lost(): void {
    this.online = false;
    this.lossCount += 1;
    this.isSilent = true;
    if (!this.hasComplained) this.note('the connection was lost');
    for (const listener of this.listeners) listener();
  }

  private complain(error: Error): void {
    this.note(error.message, error);
    this.hasComplained = true;
    if (!(error instanceof errors.PermissionViolationError)) return;
    for (const listener of this.denials) listener(error.subject);
  }

  private note(what: string, cause?: Error): void {
    this.lastTrouble = logFault(this.connection.getServer(), 'unreachable', what, { cause });
  }

  private found(): void {
    this.online = true;
    this.hasComplained = false;
    // A server that is there may still not let us in.
    this.connection.flush().then(
      () => this.heard(),
      () => undefined,
    );
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}
