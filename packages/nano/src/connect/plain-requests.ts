import type { RequestListener } from 'node:http';
import { handshakeFault } from './handshake-fault.js';

/** Nothing but WebSocket is served (contract 2.2). A proper handshake comes here only if it asks for another path. */
export const plainRequests: RequestListener = (request, response) => {
  const { status, text, headers } = handshakeFault(request) ?? NOT_HERE;
  response.writeHead(status, {
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    ...headers,
  });
  response.end(text);
};

const NOT_HERE = { status: 404, text: 'This port speaks WebSocket on another path', headers: {} };
