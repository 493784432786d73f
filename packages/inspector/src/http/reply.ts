import type { ServerResponse } from 'node:http';

/** On every answer. */
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Answers a request. */
export function reply(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): void {
  response.writeHead(status, { ...HEADERS, ...headers });
  response.end(body);
}

/** Answers with JSON. */
export function replyJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  reply(response, status, { ...type, ...headers }, JSON.stringify(value));
}

/** Begins an answer that goes on. */
export function beginEvents(response: ServerResponse): void {
  response.writeHead(200, {
    ...HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    // Some proxies would gather the answer otherwise.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
}
