/** Connections to the event socket: paths, handshake, control frames, closing (contract 0.1 and 2.1). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RawFrame } from '@sluice/testing';
import {
  ClientPool,
  closeFrame,
  frame,
  RawClient,
  TestClient,
  upgradeRequest,
} from '@sluice/testing';
import type { EventApp } from './support/event-app.js';
import { startEventApp } from './support/event-app.js';

const clients = new ClientPool();
let server: EventApp;

beforeEach(async () => {
  server = await startEventApp();
});
afterEach(async () => {
  await clients.closeAll();
  await server.app.close();
});

const START = { type: 'START_STREAM', window_size: 100 };
const NOT_RUNNING = {
  type: 'EVENT_WS_NOT_RUNNING',
  invalid_request: null,
  error_message: null,
};
const EMPTY_CLOSE: RawFrame = { kind: 'close', code: undefined, reason: '' };
const at = (path: string) => new URL(path, server.url).href;

describe('the path of the event socket (hathor §0.1 T1)', () => {
  it.each([
    '/v1a/event_ws',
    '/v1a/event_ws/',
    '/v1a/event_ws/more',
    '/v1a/event_ws/more/segments/',
    '/v1a/event_ws?query=1',
    '/event_ws',
    '/event_ws/',
    '/event_ws/more',
  ])('may be %s', async (path) => {
    const client = await clients.connect(at(path));
    client.send(START);
    expect(await client.nextJson()).toMatchObject({ event: { id: 0 } });
  });

  it.each([
    '/',
    '/v1a',
    '/v1a/event',
    '/v2/event_ws',
    '/v1a/event_wsx',
    '/x/event_ws',
    '/v1a/Event_ws',
  ])('is not %s: HTTP 404', async (path) => {
    expect(await TestClient.refused(at(path))).toMatchObject({ status: 404 });
  });
});

describe('the handshake of the event socket (hathor §0.1 T2)', () => {
  it('chooses no sub-protocol, negotiates no extension and accepts any origin', async () => {
    await using client = await RawClient.open(server.url);
    client.write(
      upgradeRequest(server.url, {
        'Sec-WebSocket-Protocol': 'graphql-ws, chat',
        'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
        Origin: 'https://evil.example',
      }),
    );
    const { status, headers } = await client.upgraded();
    expect(status).toBe(101);
    expect(headers).not.toHaveProperty('sec-websocket-protocol');
    expect(headers).not.toHaveProperty('sec-websocket-extensions');
  });

  it('leaves clients that offer compression uncompressed', async () => {
    const client = await clients.connect(server.url, { perMessageDeflate: true });
    expect(client.extensions).toBe('');
    client.send(START);
    expect(await client.nextJson()).toMatchObject({ event: { id: 0 } });
  });
});

describe('control frames (hathor §0.1 T4 and T5)', () => {
  it('answers a Ping with the same payload, and pings nobody', async () => {
    await using client = await RawClient.connect(server.url);
    client.write(frame({ opcode: 'ping', payload: 'hello' }));
    expect(await client.nextFrame()).toEqual({ kind: 'pong', bytes: Buffer.from('hello') });
    expect(client.received).toBe(1);
  });

  it.each([undefined, 1000, 1001, 3000, 4999])(
    'answers a Close %p with 1000, whatever code came, and without a reason',
    async (code) => {
      await using client = await RawClient.connect(server.url);
      client.write(code === undefined ? closeFrame() : closeFrame(code, 'bye'));
      expect(await client.nextFrame()).toEqual({ kind: 'close', code: 1000, reason: '' });
      expect(await client.ended()).toBe('fin');
    },
  );
});

describe('the end of the event socket', () => {
  it('closes every connection with an empty Close frame when the queue stops', async () => {
    const [a, b] = [await RawClient.connect(server.url), await RawClient.connect(server.url)];
    a.sendText(JSON.stringify(START));
    for (let id = 0; id < 2; id++) expect((await a.nextFrame()).kind).toBe('text');
    await server.events.stop();
    for (const client of [a, b]) {
      expect(await client.nextFrame()).toEqual(EMPTY_CLOSE);
      client.write(closeFrame());
      expect(await client.ended()).toBe('fin');
      await client[Symbol.asyncDispose]();
    }
  });

  it('closes every connection with an empty Close frame when the application ends', async () => {
    const client = await clients.connect(server.url);
    await client.ping();
    await server.app.close();
    expect(await client.closed()).toEqual({ code: 1005, reason: '', clean: true });
  });

  it('cuts a peer that does not answer the Close frame within a second', async () => {
    await using client = await RawClient.connect(server.url);
    client.write(frame({ opcode: 'ping' }));
    await client.nextFrame();
    await server.app.close();
    expect(await client.nextFrame()).toEqual(EMPTY_CLOSE);
    expect(await client.ended()).toBe('fin');
  });
});

describe('an event queue that does not run', () => {
  it('hathor §7.50 says EVENT_WS_NOT_RUNNING on connect after the stop', async () => {
    await server.events.stop();
    const client = await clients.connect(server.url);
    expect(await client.nextJson()).toEqual(NOT_RUNNING);
    await client.expectSilence();
  });

  it('hathor §7.50 says EVENT_WS_NOT_RUNNING on connect before the start, and the connection gets no events later', async () => {
    const waiting = await startEventApp({ events: { autoStart: false } });
    const client = await clients.connect(waiting.url);
    expect(await client.nextJson()).toEqual(NOT_RUNNING);
    client.send({ type: 'STOP_STREAM' });
    expect(await client.nextJson()).toMatchObject({ type: 'STREAM_IS_INACTIVE' });
    client.send(START);
    client.send(START);
    expect(await client.nextJson()).toMatchObject({ type: 'STREAM_IS_ACTIVE' });
    await waiting.events.start();
    await waiting.bus.publish('node.crashed', {});
    await client.expectSilence();
    const later = await clients.connect(waiting.url);
    later.send(START);
    expect(await later.takeJson(3)).toMatchObject([{ event: { id: 0 } }, {}, { event: { id: 2 } }]);
    await waiting.app.close();
  });

  it('goes on with the next ids when it is started again', async () => {
    await server.bus.publish('node.crashed', {});
    await server.events.stop();
    await expect(server.bus.publish('node.crashed', {})).rejects.toMatchObject({ code: 'STATE' });
    await server.events.start();
    const client = await clients.connect(server.url);
    client.send(START);
    expect(await client.takeJson(5)).toMatchObject([
      { event: { id: 0, type: 'LOAD_STARTED' } },
      { event: { id: 1, type: 'LOAD_FINISHED' } },
      { event: { id: 2, type: 'FULL_NODE_CRASHED' } },
      { event: { id: 3, type: 'LOAD_STARTED' }, stream_id: 'stream' },
      { event: { id: 4, type: 'LOAD_FINISHED' } },
    ]);
  });
});
