import type { StartServer } from '../server/measured-server.js';
import { quoteWriter, type BroadcastParameters } from './quote.js';
import { serveWs } from './serve-ws.js';

/** As the README of `ws` shows it, with the message built once. */
export const start: StartServer<BroadcastParameters> = (parameters) => {
  const write = quoteWriter(parameters);
  return serveWs((stamp) => {
    const text = write(stamp);
    return (client) => client.send(text);
  });
};
