import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { MeasuredServer, Stamp } from '../server/measured-server.js';

/** A server of `ws` alone; what `prepare` makes of an event gets each client that is open. */
export async function serveWs(
  prepare: (stamp: Stamp) => (client: WebSocket) => void,
): Promise<MeasuredServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    publish(stamp) {
      const send = prepare(stamp);
      for (const client of server.clients) {
        if (client.readyState === WebSocket.OPEN) send(client);
      }
    },
  };
}
