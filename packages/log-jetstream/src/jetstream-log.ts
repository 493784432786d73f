/** The distributed event log: streams on NATS JetStream. */
import { setTimeout as pause } from 'node:timers/promises';
import { checkRetention, closedError, SluiceError } from '@sluice/engine';
import type {
  EventLog,
  EventLogStore,
  FollowedLog,
  FollowOptions,
  LogStatus,
  OpenStreamOptions,
} from '@sluice/engine';
import { atMost } from './at-most.js';
import { FollowedJetStreamLog } from './followed-jetstream-log.js';
import { JetStreamEventLog } from './jetstream-event-log.js';
import type { JetStreamLogOptions, JetStreamLogSettings } from './jetstream-log.options.js';
import { checkOptions, DEFAULTS, LEASE_TTL_MS } from './jetstream-log.options.js';
import { logFault } from './log-faults.js';
import { ensureStream, findState } from './open-stream.js';
import { ServerConnection } from './server-connection.js';
import { StoreStatus } from './store-status.js';
import { StreamLink } from './stream-link.js';
import { jetStreamName } from './stream-name.js';
import { WriterLease } from './writer-lease.js';

/** Milliseconds between attempts to connect. */
const RETRY_MS = 250;
/** Milliseconds that closing may take longer than what it waits for. */
const CLOSING_MS = 500;

interface Opening extends OpenStreamOptions {
  readonly stream: string;
  /** Of the JetStream stream. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * An event log on NATS JetStream. The connection is made by the first `open` of a stream; whatever is wrong then is a
 * rejection there, with `details.reason` and what to do in the message.
 *
 * @throws SluiceError `INVALID` if an option cannot be meant.
 */
export function jetstreamLog(options: JetStreamLogOptions): JetStreamLogStore {
  const settings: JetStreamLogSettings = { ...DEFAULTS, ...options };
  checkOptions(settings);
  return new JetStreamLogStore(settings);
}

/** What {@link jetstreamLog} makes. */
export class JetStreamLogStore implements EventLogStore {
  private connecting: Promise<ServerConnection> | undefined;
  private leasing: Promise<WriterLease> | undefined;
  private readonly opening = new Map<string, Promise<JetStreamEventLog>>();
  private readonly logs = new Set<JetStreamEventLog>();
  private readonly followed = new Set<FollowedLog>();
  private readonly ending = new AbortController();
  private readonly health = new StoreStatus();
  private closing: Promise<void> | undefined;

  /** @internal */
  constructor(private readonly settings: JetStreamLogSettings) {}

  get status(): LogStatus {
    return this.health.current;
  }

  async open(stream: string, options: OpenStreamOptions): Promise<EventLog> {
    this.requireOpen();
    checkRetention(options.retention ?? {});
    const name = jetStreamName(this.settings.stream, stream);
    if (this.opening.has(stream)) {
      throw new SluiceError('STATE', `stream '${stream}' is already open`, { details: { stream } });
    }
    const signal = this.endingOr(options.signal);
    const log = this.openStream({ ...options, stream, name, signal });
    this.opening.set(stream, log);
    log.catch(() => this.opening.delete(stream));
    return log;
  }

  /** A server that is not there yet is waited for. */
  async follow(stream: string, options: FollowOptions): Promise<FollowedLog> {
    this.requireOpen();
    const name = jetStreamName(this.settings.stream, stream);
    this.health.closed(name);
    const signal = this.endingOr(options.signal);
    const connection = await this.patientConnection(signal);
    const link = new StreamLink(name, connection);
    const endCutOff = link.closeWith(signal);
    try {
      const log = await FollowedJetStreamLog.open({
        stream,
        link,
        options,
        signal,
        waiting: (wait) => this.health.waiting(wait),
        onFailure: (error) => this.health.failed(log, error),
        onClose: () => {
          this.followed.delete(log);
          this.health.closed(log);
        },
      });
      this.followed.add(log);
      return log;
    } catch (error) {
      link.close();
      signal.throwIfAborted();
      this.health.failed(name, SluiceError.from(error));
      throw error;
    } finally {
      endCutOff();
    }
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async openStream(opening: Opening): Promise<JetStreamEventLog> {
    const connection = await this.connection();
    for (;;) {
      const lease = await this.lease(connection, opening.signal);
      await ensureStream(opening.name, connection, this.settings);
      const log = await this.openLog(opening, new StreamLink(opening.name, connection), lease);
      if (log !== undefined) return log;
    }
  }

  /** @returns undefined if another writer has come in between, and the lease has to be waited for again perhaps. */
  private async openLog(
    { stream, epoch, retention = {}, signal }: Opening,
    link: StreamLink,
    lease: WriterLease | undefined,
  ): Promise<JetStreamEventLog | undefined> {
    const endCutOff = link.closeWith(signal);
    try {
      const found = await findState(link, epoch);
      const log: JetStreamEventLog = new JetStreamEventLog({
        ...found,
        stream,
        link,
        retention,
        closeTimeout: this.settings.closeTimeout,
        onFailure: (error) => {
          if (this.logs.has(log)) this.health.failed(log, error);
        },
        onClose: () => {
          this.opening.delete(stream);
          this.logs.delete(log);
          this.health.closed(log);
        },
      });
      if (found.firstSeq > found.state.firstSeq) await log.forgetBefore(found.firstSeq);
      if (lease?.lost === false) await log.takeOver();
      if (lease?.lost === true) {
        link.close();
        return undefined;
      }
      this.logs.add(log);
      return log;
    } catch (error) {
      link.close();
      signal.throwIfAborted();
      // The writer before has just stored its last batch.
      if (lease !== undefined && isFenced(error)) return undefined;
      throw error;
    } finally {
      endCutOff();
    }
  }

  /** Waits for the lease, if there is one. */
  private async lease(
    connection: ServerConnection,
    signal: AbortSignal,
  ): Promise<WriterLease | undefined> {
    const { lease: options, stream } = this.settings;
    if (options === undefined) return undefined;
    this.leasing ??= this.acquire(
      new WriterLease(connection, `${stream}-_lease`, options.ttl ?? LEASE_TTL_MS, this.settings),
    );
    const held = this.health.waiting(this.leasing);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(SluiceError.from(signal.reason)));
      if (signal.aborted) reject(SluiceError.from(signal.reason));
    });
    return Promise.race([held, aborted]);
  }

  private async acquire(lease: WriterLease): Promise<WriterLease> {
    try {
      await lease.acquire(this.ending.signal, () => this.leaseLost());
      return lease;
    } catch (error) {
      this.leasing = undefined;
      throw error;
    }
  }

  private leaseLost(): void {
    this.leasing = undefined;
    for (const log of this.logs) {
      log.fail(
        logFault(log.stream, 'lease-lost', 'the lease of the writer was not renewed in time'),
      );
    }
  }

  /** A server that could not be reached is tried again by the next call. */
  private connection(): Promise<ServerConnection> {
    const { servers, timeout, connection } = this.settings;
    this.connecting ??= ServerConnection.open(
      typeof servers === 'string' ? [servers] : servers,
      connection,
      timeout,
    );
    this.connecting.then(
      (made) => this.health.connected(made),
      () => (this.connecting = undefined),
    );
    return this.connecting;
  }

  private async patientConnection(signal: AbortSignal): Promise<ServerConnection> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await this.connection();
      } catch (error) {
        this.health.notConnected(SluiceError.from(error));
      }
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async closeAll(): Promise<void> {
    this.ending.abort(closedError('event log store'));
    // A server that does not answer must not keep a process from ending.
    await atMost(this.settings.closeTimeout + CLOSING_MS, this.closeLogs());
    const connection = await this.connecting?.catch(() => undefined);
    await connection?.close();
    this.health.over();
  }

  private async closeLogs(): Promise<void> {
    await Promise.all([...this.followed].map((log) => log.close()));
    const opened = await Promise.allSettled(this.opening.values());
    await Promise.all(
      opened.map(async (log) => {
        if (log.status === 'fulfilled') await log.value.close();
      }),
    );
    const lease = await this.leasing?.catch(() => undefined);
    await lease?.release();
  }

  private endingOr(signal: AbortSignal | undefined): AbortSignal {
    const { signal: ending } = this.ending;
    return signal === undefined ? ending : AbortSignal.any([signal, ending]);
  }

  private requireOpen(): void {
    if (this.closing !== undefined) throw closedError('event log store');
  }
}

function isFenced(error: unknown): boolean {
  return error instanceof SluiceError && error.details.reason === 'fenced';
}
