import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { ClientPool } from './client-pool.js';
import { TestClient } from './test-client.js';

describe('TestClient', () => {
  const clients = new ClientPool();
  const sockets = new Set<Socket>();
  let http: Server;
  let server: WebSocketServer;
  let url: string;
  let serve: (socket: WebSocket) => void;

  beforeEach(async () => {
    serve = () => undefined;
    http = createServer();
    http.on('connection', (socket) => sockets.add(socket));
    server = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request, socket, head) => {
      if (request.url === '/ws') {
        server.handleUpgrade(request, socket, head, (ws) => {
          serve(ws);
        });
      } else if (request.url === '/gone') socket.destroy();
      else if (request.url !== '/never') {
        const body = `no ${request.headers['x-name'] as string}`;
        const length = String(body.length);
        socket.end(
          `HTTP/1.1 404 Not Found\r\nContent-Length: ${length}\r\nX-Why: path\r\n\r\n${body}`,
        );
      }
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    url = `ws://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
  });

  afterEach(async () => {
    await clients.closeAll();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise((resolve) => http.close(resolve));
  });

  it('resolves how the server closed, also when asked afterwards', async () => {
    serve = (socket) => {
      socket.close(4000, 'bye');
    };
    const client = await clients.connect(`${url}/ws`);
    const closure = { code: 4000, reason: 'bye', clean: true };
    expect(await client.closed()).toEqual(closure);
    expect(await client.closed()).toEqual(closure);
  });

  it('reports an empty Close frame as 1005 and a dropped connection as 1006', async () => {
    serve = (socket) => {
      socket.close();
    };
    const closed = await clients.connect(`${url}/ws`);
    expect(await closed.closed()).toEqual({ code: 1005, reason: '', clean: true });
    serve = (socket) => {
      socket.terminate();
    };
    const dropped = await clients.connect(`${url}/ws`);
    expect(await dropped.closed()).toEqual({ code: 1006, reason: '', clean: false });
  });

  it('closes with the code it is told', async () => {
    const seen = new Promise((resolve) => {
      serve = (socket) => socket.on('close', resolve);
    });
    const client = await clients.connect(`${url}/ws`);
    expect(await client.close(4002, 'done')).toEqual({ code: 4002, reason: 'done', clean: true });
    expect(await seen).toBe(4002);
  });

  it('says so when the connection does not end in time', async () => {
    const client = await clients.connect(`${url}/ws`);
    await expect(client.closed({ timeoutMs: 5 })).rejects.toThrow(
      `waited for the connection to end: it did not within 5 ms; ${url}/ws is open`,
    );
  });

  it('says so when a pong does not come in time', async () => {
    serve = (socket) => {
      socket.pause();
    };
    const client = await clients.connect(`${url}/ws`);
    await expect(client.ping({ timeoutMs: 5 })).rejects.toThrow(
      'waited for a pong: it did not come within 5 ms',
    );
  });

  it('does not answer pings when told so', async () => {
    const pong = new Promise<string>((resolve) => {
      serve = (socket) => {
        socket.on('pong', () => {
          resolve('answered');
        });
        socket.on('message', () => {
          resolve('not answered');
        });
        socket.ping();
        socket.send('after the ping');
      };
    });
    const client = await clients.connect(`${url}/ws`, { answersPings: false });
    await client.next();
    client.send('done');
    expect(await pong).toBe('not answered');
  });

  it('resolves status, headers and body of a refused upgrade', async () => {
    const answer = await TestClient.refused(`${url}/nowhere`, { headers: { 'X-Name': 'entry' } });
    expect(answer).toEqual({
      status: 404,
      headers: { 'content-length': '8', 'x-why': 'path' },
      body: 'no entry',
    });
  });

  it('rejects when an upgrade that must be refused is granted or ends without an answer', async () => {
    await expect(TestClient.refused(`${url}/ws`)).rejects.toThrow('but it was granted');
    await expect(TestClient.refused(`${url}/gone`)).rejects.toThrow('no HTTP answer');
  });

  it('says why it could not connect', async () => {
    await expect(TestClient.connect(`${url}/nowhere`)).rejects.toThrow(
      `could not connect to ${url}/nowhere: Unexpected server response: 404`,
    );
    await expect(TestClient.connect(`${url}/never`, { connectTimeoutMs: 20 })).rejects.toThrow(
      'Opening handshake has timed out',
    );
  });
});
