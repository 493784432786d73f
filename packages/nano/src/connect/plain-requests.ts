import type { RequestListener } from 'node:http';

const TEXT = 'This port speaks WebSocket only';

/** Nothing but WebSocket is served: what is no upgrade gets a 400 with a short text (contract 2.2). */
export const plainRequests: RequestListener = (_request, response) => {
  response.writeHead(400, {
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(TEXT)),
  });
  response.end(TEXT);
};
