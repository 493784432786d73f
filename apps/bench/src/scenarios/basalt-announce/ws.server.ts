import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { StartServer } from '../../server/measured-server.js';
import { block } from './block.js';

/** A loop over the clients, with the message built once. */
export const start: StartServer<undefined> = async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws/blocks' });
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws/blocks`,
    publish(stamp) {
      const text = JSON.stringify({ type: 'new_block', block: block(stamp) });
      for (const client of server.clients) {
        if (client.readyState === WebSocket.OPEN) client.send(text);
      }
    },
  };
};
