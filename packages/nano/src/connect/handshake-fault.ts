import type { IncomingMessage } from 'node:http';

/** Why a request cannot become a WebSocket, as the node says it (contract 2.2). */
export interface HandshakeFault {
  readonly status: 400 | 426;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The only version of WebSocket that a node speaks. */
const VERSION = '13';
const KEY = /^[A-Za-z0-9+/]{22}==$/;

/**
 * What is no upgrade gets a 400, another version of WebSocket a 426, both with a short text.
 *
 * @returns undefined if the request is a proper handshake.
 */
export function handshakeFault(request: IncomingMessage): HandshakeFault | undefined {
  const { method, httpVersion, headers } = request;
  const version = headers['sec-websocket-version'];
  if (httpVersion !== '1.1') return bad('This port speaks HTTP/1.1');
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket') {
    return bad('This port speaks WebSocket only');
  }
  if (!lists(headers.connection, 'upgrade')) return bad('There is no Connection: Upgrade');
  if (headers.host === undefined) return bad('There is no Host');
  if (!KEY.test(headers['sec-websocket-key'] ?? '')) return bad('There is no Sec-WebSocket-Key');
  if (version === undefined) return bad('There is no Sec-WebSocket-Version');
  if (version === VERSION) return undefined;
  return {
    status: 426,
    text: `This port speaks version ${VERSION} of WebSocket`,
    headers: { 'Sec-WebSocket-Version': VERSION },
  };
}

function lists(header = '', token: string): boolean {
  return header.split(',').some((item) => item.trim().toLowerCase() === token);
}

function bad(text: string): HandshakeFault {
  return { status: 400, text, headers: {} };
}
