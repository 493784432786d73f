/** Flow control of the event socket (contract 2.5), every consequence it names. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import { ClientPool } from '@sluice/testing';
import type { EventApp } from './support/event-app.js';
import { startEventApp } from './support/event-app.js';
import type { EventMessage } from './support/golden-events.js';

const clients = new ClientPool();
let server: EventApp;

beforeEach(async () => {
  server = await startEventApp();
});
afterEach(async () => {
  await clients.closeAll();
  await server.app.close();
});

/** Stores events until there are `count`. */
async function storeUpTo(count: number): Promise<void> {
  const missing = count - 1 - server.events.stream.head;
  await Promise.all(Array.from({ length: missing }, () => server.bus.publish('node.crashed', {})));
}

/** `last` and `window` are written as they are, so that they may have any size. */
const start = (last: number | string | null, window: number | string) =>
  `{"type":"START_STREAM","last_ack_event_id":${last},"window_size":${window}}`;
const ack = (id: number | string, window: number | string) =>
  `{"type":"ACK","ack_event_id":${id},"window_size":${window}}`;
const STOP = '{"type":"STOP_STREAM"}';

async function ids(client: TestClient, count: number): Promise<number[]> {
  const messages = await client.takeJson<EventMessage>(count);
  return messages.map(({ event }) => event.id);
}

async function refusal(client: TestClient, request: string): Promise<string> {
  client.send(request);
  return (await client.nextJson<{ type: string }>()).type;
}

describe('flow control of the event socket', () => {
  it('hathor §7.51 sends nothing on connect', async () => {
    const client = await clients.connect(server.url);
    await client.expectSilence();
  });

  it('hathor §7.57 sends events with exactly the members of the contract', async () => {
    const client = await clients.connect(server.url);
    client.send(start(null, 1));
    const message = await client.nextJson<EventMessage>();
    expect(message).toEqual({
      type: 'EVENT',
      peer_id: 'peer',
      network: 'unittests',
      stream_id: 'stream',
      latest_event_id: 1,
      event: {
        id: 0,
        timestamp: expect.any(Number),
        type: 'LOAD_STARTED',
        data: {},
        group_id: null,
      },
    });
    expect(message.event.timestamp).toBeGreaterThan(1.5e9);
    expect(message.event.timestamp).toBeLessThan(1e10);
  });

  it('hathor §2.5 sends what a request brings before it looks at the next one', async () => {
    await storeUpTo(6);
    const client = await clients.connect(server.url);
    for (const request of [start(null, 1), ack(0, 1), ack(1, 2), ack(3, 1), STOP]) {
      client.send(request);
    }
    client.send(STOP);
    expect(await ids(client, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(await client.nextJson()).toMatchObject({ type: 'STREAM_IS_INACTIVE' });
  });

  it('tells the newest event at the moment of sending', async () => {
    const client = await clients.connect(server.url);
    client.send(start(null, 1));
    expect(await client.nextJson()).toMatchObject({ event: { id: 0 }, latest_event_id: 1 });
    await storeUpTo(10);
    client.send(STOP);
    client.send(start(0, 1));
    expect(await client.nextJson()).toMatchObject({ event: { id: 1 }, latest_event_id: 9 });
  });

  it('hathor §7.52 sends every new event to every connection that can receive it', async () => {
    const pair = await clients.connectMany(2, server.url);
    for (const client of pair) client.send(start(1, 10));
    await Promise.all(pair.map((client) => client.expectSilence()));
    await storeUpTo(12);
    for (const client of pair) {
      expect(await ids(client, 10)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    }
  });

  it('1: sends again what was sent after the acknowledged event', async () => {
    await storeUpTo(6);
    const client = await clients.connect(server.url);
    client.send(start(null, 4));
    expect(await ids(client, 4)).toEqual([0, 1, 2, 3]);
    client.send(ack(0, 4));
    expect(await ids(client, 4)).toEqual([1, 2, 3, 4]);
    client.send(ack(4, 4));
    expect(await ids(client, 1)).toEqual([5]);
  });

  it('2: sends at most a window after an acknowledgement', async () => {
    await storeUpTo(20);
    const client = await clients.connect(server.url);
    client.send(start(null, 3));
    expect(await ids(client, 3)).toEqual([0, 1, 2]);
    await client.expectSilence();
    client.send(ack(2, 5));
    expect(await ids(client, 5)).toEqual([3, 4, 5, 6, 7]);
    await client.expectSilence();
  });

  it('3: begins with event 0 or the one after the last acknowledged', async () => {
    await storeUpTo(5);
    const fresh = await clients.connect(server.url);
    fresh.send(start(null, 1));
    expect(await ids(fresh, 1)).toEqual([0]);
    const resuming = await clients.connect(server.url);
    resuming.send(start(3, 9));
    expect(await ids(resuming, 1)).toEqual([4]);
  });

  it('4: waits silently for an id that does not exist yet', async () => {
    const client = await clients.connect(server.url);
    client.send(start(4, 2));
    expect(await refusal(client, ack(4, 2))).toBe('ACK_TOO_SMALL');
    expect(await refusal(client, ack(3, 2))).toBe('ACK_TOO_SMALL');
    expect(await refusal(client, ack(5, 2))).toBe('ACK_TOO_LARGE');
    await storeUpTo(5);
    await client.expectSilence();
    await storeUpTo(9);
    expect(await ids(client, 2)).toEqual([5, 6]);
    client.send(ack(5, 2));
    expect(await ids(client, 2)).toEqual([6, 7]);
  });

  it('5: needs a larger id to start again after a stop', async () => {
    await storeUpTo(10);
    const client = await clients.connect(server.url);
    client.send(start(null, 3));
    await ids(client, 3);
    client.send(ack(1, 1));
    expect(await ids(client, 1)).toEqual([2]);
    client.send(STOP);
    for (const last of [1, 0, null]) {
      expect(await refusal(client, start(last, 3))).toBe('ACK_TOO_SMALL');
      expect(await refusal(client, STOP)).toBe('STREAM_IS_INACTIVE');
    }
    client.send(start(2, 2));
    expect(await ids(client, 2)).toEqual([3, 4]);
  });

  it('5: replays from 0 if nothing was ever acknowledged', async () => {
    await storeUpTo(5);
    const client = await clients.connect(server.url);
    client.send(start(null, 3));
    expect(await ids(client, 3)).toEqual([0, 1, 2]);
    client.send(STOP);
    client.send(start(null, 2));
    expect(await ids(client, 2)).toEqual([0, 1]);
  });

  it('6: sends nothing with a window of 0, and no acknowledgement helps', async () => {
    await storeUpTo(5);
    const client = await clients.connect(server.url);
    client.send(start(1, 0));
    expect(await refusal(client, ack(1, 5))).toBe('ACK_TOO_SMALL');
    expect(await refusal(client, ack(2, 5))).toBe('ACK_TOO_LARGE');
    client.send(STOP);
    client.send(start(2, 1));
    expect(await ids(client, 1)).toEqual([3]);
    const fresh = await clients.connect(server.url);
    fresh.send(start(null, 0));
    expect(await refusal(fresh, ack(0, 5))).toBe('ACK_TOO_LARGE');
    fresh.send(STOP);
    fresh.send(start(null, 1));
    expect(await ids(fresh, 1)).toEqual([0]);
  });

  it('7: recalls nothing when the window becomes smaller', async () => {
    await storeUpTo(20);
    const client = await clients.connect(server.url);
    client.send(start(null, 6));
    expect(await ids(client, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    client.send(ack(5, 2));
    expect(await ids(client, 2)).toEqual([6, 7]);
    client.send(ack(7, 0));
    await client.expectSilence();
  });

  it('8: makes no difference between stored and new events', async () => {
    await storeUpTo(500);
    const client = await clients.connect(server.url);
    client.send(start(null, 10_000));
    for (let count = 600; count <= 1500; count += 100) await storeUpTo(count);
    expect(await ids(client, 1500)).toEqual(Array.from({ length: 1500 }, (_, id) => id));
    await client.expectSilence();
  });

  it('9: serves different ranges at the same time', async () => {
    await storeUpTo(300);
    const many = await clients.connectMany(20, server.url);
    many.forEach((client, index) => {
      client.send(start(index * 10, 50));
    });
    for (const [index, client] of many.entries()) {
      expect(await ids(client, 50)).toEqual(
        Array.from({ length: 50 }, (_, i) => index * 10 + 1 + i),
      );
    }
  });

  it('keeps a stream that a refused request named', async () => {
    await storeUpTo(10);
    const client = await clients.connect(server.url);
    client.send(start(null, 2));
    await ids(client, 2);
    for (const request of ['x', start(null, 9), ack(7, 9), ack(1.5, 9)]) {
      await refusal(client, request);
    }
    await client.expectSilence();
    client.send(ack(1, 1));
    expect(await ids(client, 1)).toEqual([2]);
  });

  it('takes what arrives before the stop back to nothing after it', async () => {
    const client = await clients.connect(server.url);
    client.send(start(1, 100));
    client.send(STOP);
    expect(await refusal(client, STOP)).toBe('STREAM_IS_INACTIVE');
    await storeUpTo(10);
    await client.expectSilence();
  });
});

describe('numbers of any size on the event socket', () => {
  it.each(['9007199254740993', '18446744073709551615', '1e30', '9'.repeat(4000)])(
    'starts beyond the newest event with the id %s',
    async (last) => {
      const client = await clients.connect(server.url);
      client.send(start(last, 10));
      expect(await refusal(client, ack(5, 1))).toBe('ACK_TOO_SMALL');
      expect(await refusal(client, ack(last, 1))).toBe('ACK_TOO_SMALL');
      await storeUpTo(5);
      await client.expectSilence();
      client.send(STOP);
      expect(await refusal(client, start(1, 10))).toBe('ACK_TOO_SMALL');
    },
  );

  it('tells ids apart that differ in the last of twenty digits', async () => {
    const client = await clients.connect(server.url);
    client.send(start('18446744073709551616', 10));
    expect(await refusal(client, ack('18446744073709551616', 1))).toBe('ACK_TOO_SMALL');
    expect(await refusal(client, ack('18446744073709551617', 1))).toBe('ACK_TOO_LARGE');
  });

  it.each(['9007199254740993', '18446744073709551616', '1e300', '9'.repeat(400)])(
    'sends everything there is for a window of %s',
    async (window) => {
      await storeUpTo(30);
      const client = await clients.connect(server.url);
      client.send(start(null, window));
      expect(await ids(client, 30)).toHaveLength(30);
      client.send(ack(19, window));
      expect(await ids(client, 10)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
      await storeUpTo(31);
      expect(await ids(client, 1)).toEqual([30]);
    },
  );
});
