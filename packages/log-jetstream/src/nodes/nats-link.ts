/** A connection to the servers for what nodes tell each other: plain subjects, no JetStream. */
import { SluiceError } from '@sluice/engine';
import type { NatsConnection } from '@nats-io/transport-node';
import { atMost } from '../at-most.js';
import { natsConnection } from '../nats-connection.js';
import type { NatsNodesOptions } from './nats-nodes.options.js';

/** @throws SluiceError `STATE`, reason `unreachable`, if there is no connection at the first attempt. */
export async function connectNodes(
  purpose: string,
  { servers, timeout, connection }: Required<NatsNodesOptions>,
): Promise<NatsConnection> {
  const addresses = typeof servers === 'string' ? [servers] : [...servers];
  try {
    return await natsConnection(purpose, addresses, connection, timeout);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new SluiceError('STATE', `no connection to ${addresses.join()} (${message})`, {
      cause,
      details: { reason: 'unreachable' },
    });
  }
}

/** Milliseconds for the last messages to leave, and for the connection to be closed. */
const LAST_WORDS_MS = 1000;

/** Closes a connection: a server that does not answer must not keep a process from ending. @param flush waits for what was sent. */
export async function endNodes(connection: NatsConnection, flush = false): Promise<void> {
  if (flush) await atMost(LAST_WORDS_MS, connection.flush());
  await atMost(LAST_WORDS_MS, connection.close());
}
