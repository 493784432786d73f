import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JetStreamApiError } from '@nats-io/jetstream';
import { encodeRecord } from '../src/record.js';
import { ensureStream } from '../src/open-stream.js';
import { ServerConnection } from '../src/server-connection.js';
import { StreamLink } from '../src/stream-link.js';
import { NatsServer } from '../src/testing/index.js';

/** Nothing is remembered for a shorter time than this. */
const SETTINGS = {
  storage: 'file',
  replicas: 1,
  duplicateWindow: 100,
  maxBytes: undefined,
} as const;

describe('a message that is sent twice', () => {
  let server: NatsServer;
  let connection: ServerConnection;
  let link: StreamLink;
  beforeEach(async () => {
    server = await NatsServer.start();
    connection = await ServerConnection.open([server.url], {}, 1000);
    await ensureStream('test', connection, SETTINGS);
    link = new StreamLink('test', connection);
  });
  afterEach(async () => {
    link.close();
    await connection.close();
    await server.end();
  });

  const message = (id: number): Uint8Array => {
    const batch = { base: id, part: 0, parts: 1, batchEvents: 1, batchBytes: 1, before: id };
    return encodeRecord({ id, count: 1, ...batch }, [Buffer.from('x')]);
  };

  it('is stored once and acknowledged twice', async () => {
    for (let time = 0; time < 2; time += 1) await link.publish(message(0), 'one', 0);
    await link.publish(message(1), 'two', 1);
    expect((await link.info()).state.last_seq).toBe(2);
  });

  it('is stored once even if the server has forgotten its id', async () => {
    await link.publish(message(0), 'one', 0);
    await server.halt();
    await server.resume();
    await link.publish(message(0), 'one', 0);
    await link.publish(message(1), 'two', 1);
    await link.publish(message(0), 'one', 0);
    await expect(link.publish(message(0), 'other', 0)).rejects.toMatchObject({
      details: { reason: 'fenced' },
    });
    expect((await link.info()).state.last_seq).toBe(2);
  });

  it('is sent again if a cluster refuses it by mistake: nothing else is stored there', async () => {
    const { publisher } = connection;
    let refusals = 0;
    const publish: typeof publisher.publish = (...parts) => {
      if (refusals === 2) return publisher.publish(...parts);
      refusals += 1;
      const error = { code: 400, err_code: 10071, description: 'wrong last sequence: 7' };
      return Promise.reject(new JetStreamApiError(error));
    };
    const mistaken = Object.create(connection, {
      publisher: { value: { publish } },
    }) as ServerConnection;
    const other = new StreamLink('test', mistaken);
    await other.publish(message(0), 'one', 0);
    expect([refusals, (await link.info()).state.last_seq]).toEqual([2, 1]);
    other.close();
  });
});
