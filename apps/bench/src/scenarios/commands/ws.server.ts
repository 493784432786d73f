import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { StartServer } from '../../server/measured-server.js';
import { ANSWER } from './requests.js';

interface Request {
  readonly action: string;
  readonly id?: number;
  readonly symbols?: readonly string[];
}

/** A parsed message in a plain handler; symbols of each client, with which nothing happens yet. */
export const start: StartServer<undefined> = async () => {
  const symbols = new WeakMap<WebSocket, ReadonlySet<string>>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (client) => {
    client.on('message', (text: Buffer) => {
      const request = JSON.parse(text.toString()) as Request;
      if (request.action === 'echo') {
        client.send(JSON.stringify({ answer: request.id }));
      } else if (request.action === 'subscribe') {
        symbols.set(client, new Set(request.symbols));
        client.send(JSON.stringify(ANSWER));
      }
    });
  });
  await once(server, 'listening');
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` };
};
