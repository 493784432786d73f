/** A connection to the servers for what nodes tell each other: plain subjects, no JetStream. */
import { SluiceError } from '@sluice/engine';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import type { JetStreamConnection } from '../connection-options.js';

const RECONNECT_MS = 250;
const PING_MS = 10_000;

/** Where the servers are, and which subjects are used. */
export interface NatsNodesOptions {
  /** Where servers of one cluster are: `nats://127.0.0.1:4222`, or `host:port`. */
  readonly servers: string | readonly string[];
  /** How the subjects begin: `sluice.bus`, `sluice.calls.…`. Letters, digits, `-`, `_` and single dots. Default `sluice`. */
  readonly subject?: string;
  /** Milliseconds to wait for the first connection, or for an answer before asking again; default 5000. */
  readonly timeout?: number;
  /** Credentials and TLS; default: neither. */
  readonly connection?: JetStreamConnection;
}

export const NATS_DEFAULTS = { subject: 'sluice', timeout: 5000, connection: {} } as const;

/** @throws SluiceError `INVALID` naming what cannot be meant. */
export function checkNatsOptions(name: string, options: NatsNodesOptions): void {
  const { servers, subject, timeout } = { ...NATS_DEFAULTS, ...options };
  const faults: string[] = [];
  if (servers.length === 0) faults.push('servers names at least one server');
  if (!/^[\w-]+(\.[\w-]+)*$/.test(subject))
    faults.push('subject has letters, digits, -, _ and dots between them');
  if (!(timeout > 0) || timeout > 2 ** 31 - 1)
    faults.push('timeout is a number of milliseconds above 0');
  if (faults.length > 0) throw new SluiceError('INVALID', `${name}: ${faults.join('; ')}`);
}

/** @throws SluiceError `STATE`, reason `unreachable`, if there is no connection at the first attempt. */
export async function connectNodes(
  purpose: string,
  { servers, timeout, connection }: Required<NatsNodesOptions>,
): Promise<NatsConnection> {
  const { creds, ...options } = connection;
  const addresses = typeof servers === 'string' ? [servers] : [...servers];
  try {
    return await connect({
      name: `sluice ${purpose}`,
      noAsyncTraces: true,
      reconnectTimeWait: RECONNECT_MS,
      pingInterval: PING_MS,
      timeout,
      ...options,
      ...(creds !== undefined && { authenticator: credsAuthenticator(Buffer.from(creds)) }),
      servers: addresses,
      maxReconnectAttempts: -1,
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new SluiceError('STATE', `no connection to ${addresses.join()} (${message})`, {
      cause,
      details: { reason: 'unreachable' },
    });
  }
}
