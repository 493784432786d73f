import type { RequestListener } from 'node:http';

const STREAMS = /^\/api\/v1\/streams\/valid_(?:transactions|blocks)(?:\?|$)/;

interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What plain HTTP requests get on the stream port (contract 4). */
export const streamPortAnswer: RequestListener = ({ url = '', method, headers }, response) => {
  const { status, body, headers: more } = refusal(url, method, headers.upgrade, headers.connection);
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...more });
  response.end(body);
};

function refusal(
  url: string,
  method: string | undefined,
  upgrade: string | undefined,
  connection: string | undefined,
): Refusal {
  if (!STREAMS.test(url)) return { status: 404, body: '404: Not Found' };
  if (method !== 'GET' && method !== 'HEAD') {
    return { status: 405, body: '405: Method Not Allowed', headers: { Allow: 'GET,HEAD' } };
  }
  if (upgrade?.toLowerCase() !== 'websocket') {
    const body = `No WebSocket UPGRADE hdr: ${upgrade ?? 'None'}\n Can "Upgrade" only to "WebSocket".`;
    return { status: 400, body };
  }
  return { status: 400, body: `No CONNECTION upgrade hdr: ${connection ?? 'None'}` };
}
