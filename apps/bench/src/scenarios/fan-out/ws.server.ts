import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';
import type { StartServer } from '../../server/measured-server.js';
import { quoteMaker, quoteMessage, type FanOutParameters } from './quote.js';

/** As the README of `ws` shows it, with the message built once. */
export const start: StartServer<FanOutParameters> = async (parameters) => {
  const quote = quoteMaker(parameters);
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    publish(stamp) {
      const text = JSON.stringify(quoteMessage(quote(stamp)));
      for (const client of server.clients) {
        if (client.readyState === WebSocket.OPEN) client.send(text);
      }
    },
  };
};
