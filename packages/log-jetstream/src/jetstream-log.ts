/** The distributed event log: streams on NATS JetStream. */
import { setTimeout as pause } from 'node:timers/promises';
import { checkRetention, closedError, SluiceError } from '@sluice/engine';
import type {
  EventLog,
  EventLogStore,
  FollowedLog,
  FollowOptions,
  OpenStreamOptions,
} from '@sluice/engine';
import { FollowedJetStreamLog } from './followed-jetstream-log.js';
import { JetStreamEventLog } from './jetstream-event-log.js';
import { ensureStream, findState } from './open-stream.js';
import type { JetStreamConnection } from './connection-options.js';
import { ServerConnection } from './server-connection.js';
import { StreamLink } from './stream-link.js';
import { isPrefix, jetStreamName } from './stream-name.js';

/** Options of {@link jetstreamLog}. */
export interface JetStreamLogOptions {
  /** Where servers of one cluster are: `nats://127.0.0.1:4222`, or `host:port`. */
  readonly servers: string | readonly string[];
  /** How the names of the JetStream streams begin: `events` is kept in `sluice-events`. Default `sluice`. */
  readonly stream?: string;
  /** Where a stream that is created is kept; default `file`. `memory` does not survive the server. */
  readonly storage?: 'file' | 'memory';
  /** On how many servers a stream that is created is kept, 1 to 5; default 1. */
  readonly replicas?: number;
  /**
   * Milliseconds for which the server of a stream that is created remembers ids of messages; default 120 000. A retry that
   * comes later is recognised too, by what is stored.
   */
  readonly duplicateWindow?: number;
  /** Milliseconds to wait for the connection or an answer before trying again; default 5000. */
  readonly timeout?: number;
  /** Milliseconds that closing waits for appends the server does not answer; then they are refused. Default 10 000. */
  readonly closeTimeout?: number;
  /** Credentials and TLS; default: neither. */
  readonly connection?: JetStreamConnection;
}

const DEFAULTS = {
  stream: 'sluice',
  storage: 'file',
  replicas: 1,
  duplicateWindow: 120_000,
  timeout: 5000,
  closeTimeout: 10_000,
  connection: {},
} as const;

/**
 * An event log on NATS JetStream. The connection is made by the first `open` of a stream; whatever is wrong then is a
 * rejection there, with `details.reason` and what to do in the message.
 *
 * @throws SluiceError `INVALID` if an option cannot be meant.
 */
export function jetstreamLog(options: JetStreamLogOptions): EventLogStore {
  const settings = { ...DEFAULTS, ...options };
  checkOptions(settings);
  return new JetStreamLogStore(settings);
}

class JetStreamLogStore implements EventLogStore {
  private connecting: Promise<ServerConnection> | undefined;
  private readonly logs = new Map<string, Promise<EventLog>>();
  private readonly followed = new Set<FollowedLog>();
  private readonly ending = new AbortController();
  private closing: Promise<void> | undefined;

  constructor(private readonly options: Required<JetStreamLogOptions>) {}

  async open(stream: string, options: OpenStreamOptions): Promise<EventLog> {
    if (this.closing !== undefined) throw closedError('event log store');
    checkRetention(options.retention ?? {});
    const name = jetStreamName(this.options.stream, stream);
    if (this.logs.has(stream)) {
      throw new SluiceError('STATE', `stream '${stream}' is already open`, { details: { stream } });
    }
    const log = this.openStream(stream, name, options);
    this.logs.set(stream, log);
    log.catch(() => this.logs.delete(stream));
    return log;
  }

  async follow(stream: string, options: FollowOptions): Promise<FollowedLog> {
    if (this.closing !== undefined) throw closedError('event log store');
    const name = jetStreamName(this.options.stream, stream);
    const { signal } = options;
    const ending =
      signal === undefined ? this.ending.signal : AbortSignal.any([signal, this.ending.signal]);
    const connection = await this.patientConnection(ending);
    const link = new StreamLink(name, connection);
    const cutOff = (): void => link.close(SluiceError.from(ending.reason));
    ending.addEventListener('abort', cutOff);
    try {
      const log = await FollowedJetStreamLog.open({
        stream,
        link,
        options: { ...options, signal: ending },
        onFailure: () => undefined,
        onClose: () => void this.followed.delete(log),
      });
      this.followed.add(log);
      return log;
    } catch (error) {
      link.close();
      ending.throwIfAborted();
      throw error;
    } finally {
      ending.removeEventListener('abort', cutOff);
    }
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async openStream(
    stream: string,
    name: string,
    { epoch, retention = {} }: OpenStreamOptions,
  ): Promise<EventLog> {
    const connection = await this.connection();
    await ensureStream(name, connection, this.options);
    const link = new StreamLink(name, connection);
    try {
      const found = await findState(link, epoch);
      const { closeTimeout } = this.options;
      const onClose = (): void => void this.logs.delete(stream);
      const log = new JetStreamEventLog({
        ...found,
        stream,
        link,
        retention,
        closeTimeout,
        onClose,
      });
      if (found.firstSeq > found.state.firstSeq) await log.forgetBefore(found.firstSeq);
      return log;
    } catch (error) {
      link.close();
      throw error;
    }
  }

  /** A server that could not be reached is tried again by the next call. */
  private connection(): Promise<ServerConnection> {
    const { servers, timeout, connection } = this.options;
    this.connecting ??= ServerConnection.open(
      typeof servers === 'string' ? [servers] : servers,
      connection,
      timeout,
    );
    this.connecting.catch(() => (this.connecting = undefined));
    return this.connecting;
  }

  /** Who follows may come before the server. */
  private async patientConnection(signal: AbortSignal): Promise<ServerConnection> {
    for (;;) {
      try {
        return await this.connection();
      } catch {
        signal.throwIfAborted();
      }
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async closeAll(): Promise<void> {
    this.ending.abort(closedError('event log store'));
    await Promise.all([...this.followed].map((log) => log.close()));
    const logs = await Promise.allSettled(this.logs.values());
    await Promise.all(
      logs.map(async (log) => {
        if (log.status === 'fulfilled') await log.value.close();
      }),
    );
    const connection = await this.connecting?.catch(() => undefined);
    await connection?.close();
  }
}

/** Milliseconds between attempts to connect. */
const RETRY_MS = 250;

function checkOptions(options: Required<JetStreamLogOptions>): void {
  const { servers, stream, storage, replicas, duplicateWindow, timeout, closeTimeout } = options;
  const faults: string[] = [];
  if (servers.length === 0) faults.push('servers names at least one server');
  if (!isPrefix(stream)) faults.push('stream has 1 to 64 letters, digits, - or _');
  if (!['file', 'memory'].includes(storage)) faults.push("storage is 'file' or 'memory'");
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > 5)
    faults.push('replicas is 1 to 5');
  // The server knows no shorter window.
  if (!(duplicateWindow >= 100)) faults.push('duplicateWindow is at least 100 ms');
  for (const [name, value] of Object.entries({ timeout, closeTimeout })) {
    if (!(value > 0) || value > 2 ** 31 - 1)
      faults.push(`${name} is a number of milliseconds above 0`);
  }
  if (faults.length > 0) throw new SluiceError('INVALID', `jetstreamLog: ${faults.join('; ')}`);
}
