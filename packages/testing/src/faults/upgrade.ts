import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Status and headers of the server's answer to an upgrade request. */
export interface UpgradeAnswer {
  readonly status: number;
  /** By lower-case name; of a repeated header the last one. */
  readonly headers: Readonly<IncomingHttpHeaders>;
}

/** The bytes of an upgrade request; `headers` are added to the necessary ones or replace them. */
export function upgradeRequest(
  url: string | URL,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const { host, pathname, search } = new URL(url);
  const all = {
    Host: host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`);
}

/** Reads the head of an HTTP answer, without the empty line at its end. */
export function readAnswer(head: string): UpgradeAnswer {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers: IncomingHttpHeaders = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(statusLine.split(' ')[1]), headers };
}
