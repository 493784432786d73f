import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import type { JetStreamConnection } from './connection-options.js';

const RECONNECT_MS = 250;
/** A connection on which nothing comes back for two of these is given up. */
const PING_MS = 10_000;

/**
 * Connects to one of the servers. Whenever the connection is lost afterwards it is made again, for ever.
 *
 * @param purpose what servers show it as.
 * @param timeout milliseconds for the first attempt.
 */
export function natsConnection(
  purpose: string,
  servers: readonly string[],
  { creds, ...options }: JetStreamConnection,
  timeout: number,
): Promise<NatsConnection> {
  return connect({
    name: `sluice ${purpose}`,
    noAsyncTraces: true,
    reconnectTimeWait: RECONNECT_MS,
    pingInterval: PING_MS,
    timeout,
    ...options,
    ...(creds !== undefined && { authenticator: credsAuthenticator(Buffer.from(creds)) }),
    servers: [...servers],
    maxReconnectAttempts: -1,
    // Servers may be restarted before their users are known to them: later attempts are let in.
    ignoreAuthErrorAbort: true,
  });
}
