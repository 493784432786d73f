import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

/** What an operator of the server can do, for the time of `body`. */
export async function managing<T>(
  url: string,
  body: (manager: JetStreamManager, client: JetStreamClient) => Promise<T>,
): Promise<T> {
  const connection = await connect({ servers: url });
  try {
    return await body(await jetstreamManager(connection), jetstream(connection));
  } finally {
    await connection.close();
  }
}
