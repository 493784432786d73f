import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { ClientPool } from './client-pool.js';
import { TestClient } from './test-client.js';

describe('TestClient', () => {
  const clients = new ClientPool();
  let server: WebSocketServer;
  let url: string;
  let greet: (socket: WebSocket) => void;

  beforeEach(async () => {
    greet = () => undefined;
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      greet(socket);
    });
    await new Promise((resolve) => server.once('listening', resolve));
    url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterEach(async () => {
    await clients.closeAll();
    await new Promise((resolve) => server.close(resolve));
  });

  it('keeps every frame that came before the first wait', async () => {
    greet = (socket) => {
      for (let i = 0; i < 3000; i++) socket.send(String(i));
    };
    const client = await clients.connect(url);
    await client.ping();
    expect([client.received, client.pending]).toEqual([3000, 3000]);
    expect(await client.take(3000)).toEqual(Array.from({ length: 3000 }, (_, i) => String(i)));
    expect([client.received, client.pending]).toEqual([3000, 0]);
  });

  it('serves those who wait in the order in which they asked', async () => {
    const client = await clients.connect(url);
    const waits = [client.next(), client.next()];
    for (const socket of server.clients) {
      socket.send('a');
      socket.send('b');
    }
    expect(await Promise.all(waits)).toEqual(['a', 'b']);
  });

  it('keeps all digits of integers in both directions', async () => {
    greet = (socket) =>
      socket.on('message', (data: Buffer) => {
        socket.send(data.toString());
      });
    const client = await clients.connect(url);
    client.send({ small: 1, large: 18446744073709551615n, part: 0.5 });
    client.send('{"small":1,"large":18446744073709551615,"part":0.5}');
    const [first, second] = await client.takeJson(2);
    expect(first).toEqual({ small: 1, large: 18446744073709551615n, part: 0.5 });
    expect(second).toEqual(first);
  });

  it('takes messages up to the one that fits', async () => {
    greet = (socket) => {
      for (const id of [1, 2, 3]) socket.send(JSON.stringify({ id }));
    };
    const client = await clients.connect(url);
    expect(await client.untilJson<{ id: number }>(({ id }) => id === 2)).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
    expect(await client.until((text) => text.includes('3'))).toEqual(['{"id":3}']);
  });

  it('sends bytes as a binary message and tells binary from text', async () => {
    greet = (socket) => {
      socket.on('message', (data, binary) => {
        socket.send(data as Buffer, { binary });
      });
    };
    const client = await clients.connect(url);
    client.send(Buffer.from([0, 255]));
    expect(await client.nextBinary()).toEqual(Buffer.from([0, 255]));
    client.send(Buffer.from([0, 255]));
    await expect(client.next()).rejects.toThrow('a binary one came');
    client.send('text');
    await expect(client.nextBinary()).rejects.toThrow('a text one came');
  });

  it('says what it waited for, the state of the socket and the last frames', async () => {
    greet = (socket) => {
      socket.send('hello');
    };
    const client = await clients.connect(url);
    await client.next();
    await expect(client.next({ timeoutMs: 5 })).rejects.toThrow(
      `waited for a text message: nothing came within 5 ms; ${url} is open; ` +
        'last received (1 in all, 0 not taken):\n  hello',
    );
  });

  it('does not lose a message to a wait that ran out of time', async () => {
    const client = await clients.connect(url);
    await expect(client.next({ timeoutMs: 5 })).rejects.toThrow('nothing was received');
    for (const socket of server.clients) socket.send('late');
    expect(await client.next()).toBe('late');
  });

  it('ends a wait when the connection ends, but hands out what is queued', async () => {
    greet = (socket) => {
      socket.send('last');
      socket.close(4001, 'enough');
    };
    const client = await clients.connect(url);
    await client.closed();
    expect(await client.next()).toBe('last');
    await expect(client.next()).rejects.toThrow('closed cleanly with 4001 "enough"');
  });

  it('iterates until the connection ends', async () => {
    greet = (socket) => {
      socket.send('a');
      socket.send('b');
      socket.close();
    };
    const seen: string[] = [];
    for await (const text of await clients.connect(url)) seen.push(text);
    expect(seen).toEqual(['a', 'b']);
  });

  it('offers no extension unless asked, and tells what was negotiated', async () => {
    greet = (socket) => {
      socket.send('hi');
    };
    const client = await clients.connect(url, { subprotocols: ['one', 'two'] });
    expect([client.subprotocol, client.extensions]).toEqual(['one', '']);
    expect(client.upgradeHeaders['sec-websocket-protocol']).toBe('one');
  });

  it('is disposed by ending the connection', async () => {
    const client = await TestClient.connect(url);
    await client[Symbol.asyncDispose]();
    expect(await client.closed()).toEqual({ code: 1006, reason: '', clean: false });
  });
});
