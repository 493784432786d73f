import type { StartServer } from '../server/measured-server.js';
import { quoteWriter, type BroadcastParameters } from './quote.js';
import { serveWs } from './serve-ws.js';

/** The bytes of the message made once, too. */
export const start: StartServer<BroadcastParameters> = (parameters) => {
  const write = quoteWriter(parameters);
  return serveWs((stamp) => {
    const bytes = Buffer.from(write(stamp));
    return (client) => client.send(bytes, { binary: false });
  });
};
