import { ManualClock } from '@sluice/engine/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { ClientPool } from './client-pool.js';

describe('TestClient.expectSilence', () => {
  const clients = new ClientPool();
  let server: WebSocketServer;
  let url: string;
  let serve: (socket: WebSocket) => void;

  beforeEach(async () => {
    serve = () => undefined;
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      serve(socket);
    });
    await new Promise((resolve) => server.once('listening', resolve));
    url = `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterEach(async () => {
    await clients.closeAll();
    await new Promise((resolve) => server.close(resolve));
  });

  it('passes when the server has nothing to say', async () => {
    const client = await clients.connect(url);
    await client.expectSilence();
    expect(client.received).toBe(0);
  });

  it('fails with a message that is queued', async () => {
    serve = (socket) => {
      socket.send('surprise');
    };
    const client = await clients.connect(url);
    await client.ping();
    await expect(client.expectSilence()).rejects.toThrow('a message came: surprise');
    expect(await client.next()).toBe('surprise');
  });

  it('fails with an answer that is still under way, without waiting for time to pass', async () => {
    serve = (socket) => {
      socket.on('message', () => {
        socket.send('answer');
      });
    };
    const client = await clients.connect(url);
    client.send('question');
    await expect(client.expectSilence()).rejects.toThrow('a message came: answer');
  });

  it('fails with an answer that the server writes in its next turn', async () => {
    serve = (socket) => {
      socket.on('message', () => {
        setImmediate(() => {
          socket.send('gathered');
        });
      });
    };
    const client = await clients.connect(url);
    client.send('question');
    await expect(client.expectSilence()).rejects.toThrow('a message came: gathered');
  });

  it('waits a quiet time on the clock it is given', async () => {
    const clock = new ManualClock();
    serve = (socket) => {
      clock.after(1001, () => {
        socket.send('tick');
      });
    };
    const client = await clients.connect(url);
    const quiet = client.expectSilence({ quietMs: 1000, clock });
    clock.advance(1000);
    await quiet;
    const disturbed = client.expectSilence({ quietMs: 1000, clock });
    clock.advance(1000);
    await expect(disturbed).rejects.toThrow('a message came: tick');
  });

  it('ends the quiet time at the first message', async () => {
    const clock = new ManualClock();
    const client = await clients.connect(url);
    const disturbed = client.expectSilence({ quietMs: 1000, clock });
    for (const socket of server.clients) socket.send('early');
    await expect(disturbed).rejects.toThrow('a message came: early');
    expect(clock.pending).toBe(0);
  });

  it('fails when the connection ends, since a dead socket proves nothing', async () => {
    serve = (socket) => {
      socket.on('message', () => {
        socket.terminate();
      });
    };
    const client = await clients.connect(url);
    client.send('die');
    await expect(client.expectSilence()).rejects.toThrow('not cleanly with 1006');
    await expect(client.expectSilence()).rejects.toThrow('the connection has ended');
  });
});
