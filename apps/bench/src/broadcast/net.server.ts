import { textFrame } from '@sluice/engine';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { StartServer } from '../server/measured-server.js';
import { quoteWriter, type BroadcastParameters } from './quote.js';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * The limit of what a program on Node can do: frames made once, all that came up in a turn in one buffer, and one `write` of it
 * for each socket. It reads nothing, checks nothing and knows of no client that is slow.
 */
export const start: StartServer<BroadcastParameters> = async (parameters) => {
  const write = quoteWriter(parameters);
  const sockets = new Set<Duplex>();
  let waiting: Buffer[] = [];
  const server = createServer().on('upgrade', ({ headers }, socket) => {
    const key = headers['sec-websocket-key'] ?? '';
    const accept = createHash('sha1').update(key).update(GUID).digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    publish(stamp) {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(textFrame(write(stamp)));
    },
  };

  function flush(): void {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    for (const socket of sockets) socket.write(bytes);
  }
};
