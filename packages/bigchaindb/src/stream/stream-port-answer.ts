import type { IncomingHttpHeaders, RequestListener } from 'node:http';

interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What requests get on the stream port that are no WebSocket handshakes, or go elsewhere (contract 4). */
export function streamPortAnswer(paths: readonly string[]): RequestListener {
  return ({ url = '', method, headers }, response) => {
    const [path = ''] = url.split('?');
    const refusal = paths.includes(path) ? methodRefusal(method) : NOT_FOUND;
    const { status, body, headers: more } = refusal ?? handshakeRefusal(headers);
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      ...more,
    });
    response.end(body);
  };
}

const NOT_FOUND: Refusal = { status: 404, body: '404: Not Found' };

function methodRefusal(method: string | undefined): Refusal | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  return { status: 405, body: '405: Method Not Allowed', headers: { Allow: 'GET,HEAD' } };
}

function handshakeRefusal(headers: IncomingHttpHeaders): Refusal {
  const { upgrade, connection } = headers;
  const { 'sec-websocket-version': version, 'sec-websocket-key': key } = headers;
  if (upgrade?.toLowerCase() !== 'websocket') {
    const wanted = 'Can "Upgrade" only to "WebSocket".';
    return { status: 400, body: `No WebSocket UPGRADE hdr: ${orNone(upgrade)}\n ${wanted}` };
  }
  if (connection?.toLowerCase().includes('upgrade') !== true) {
    return { status: 400, body: `No CONNECTION upgrade hdr: ${orNone(connection)}` };
  }
  if (version !== '13' && version !== '8') {
    return { status: 400, body: `Unsupported version: ${version ?? ''}` };
  }
  return { status: 400, body: `Handshake error: ${key === undefined ? 'None' : `'${key}'`}` };
}

function orNone(header: string | undefined): string {
  return header ?? 'None';
}
