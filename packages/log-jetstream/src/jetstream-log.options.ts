/** Options of the event log on JetStream. */
import { SluiceError } from '@sluice/engine';
import type { JetStreamConnection } from './connection-options.js';
import { isPrefix } from './stream-name.js';

/** How long a writer may be silent. */
export interface LeaseOptions {
  /**
   * Milliseconds after which another writer takes over from one that is not heard of; default 10 000, at least 500. It is
   * renewed every third of it. A writer that ends in order is followed at once.
   */
  readonly ttl?: number;
}

/** Options of `jetstreamLog()`. */
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
  /**
   * Most bytes of one stream on each of its servers; what does not fit is refused with `LIMIT` and `details.reason`
   * `storage-full`. The server sets them aside (`max_bytes`); a stream that exists is changed. Default: what the stream has;
   * one that is created is bounded by `max_file_store` of the server, three quarters of its free disk by default.
   */
  readonly maxBytes?: number;
  /** Milliseconds to wait for the connection or an answer before trying again; default 5000. */
  readonly timeout?: number;
  /** Milliseconds that closing waits for appends the server does not answer; then they are refused. Default 10 000. */
  readonly closeTimeout?: number;
  /**
   * Lets one process write at a time: who opens a stream waits until no other one has the lease of all streams with this
   * prefix. Default: none; then the first to append wins, and the other one's appends are refused.
   */
  readonly lease?: LeaseOptions;
  /** Credentials and TLS; default: neither. */
  readonly connection?: JetStreamConnection;
}

/** Defaults of {@link JetStreamLogOptions}. */
export const DEFAULTS = {
  stream: 'sluice',
  storage: 'file',
  replicas: 1,
  duplicateWindow: 120_000,
  timeout: 5000,
  closeTimeout: 10_000,
  connection: {},
  maxBytes: undefined,
  lease: undefined,
} as const;

/** Default of {@link LeaseOptions.ttl}. */
export const LEASE_TTL_MS = 10_000;

/** Options, each with its value. */
export type JetStreamLogSettings = Required<Omit<JetStreamLogOptions, 'lease' | 'maxBytes'>> & {
  readonly maxBytes: number | undefined;
  readonly lease: LeaseOptions | undefined;
};

/** @throws SluiceError `INVALID` with all that cannot be meant. */
export function checkOptions(options: JetStreamLogSettings): void {
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
  const { maxBytes = 1 } = options;
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) faults.push('maxBytes is an integer from 1');
  const { ttl = LEASE_TTL_MS } = options.lease ?? {};
  if (!(ttl >= 500) || ttl > 2 ** 31 - 1) faults.push('lease.ttl is at least 500 ms');
  if (faults.length > 0) throw new SluiceError('INVALID', `jetstreamLog: ${faults.join('; ')}`);
}
