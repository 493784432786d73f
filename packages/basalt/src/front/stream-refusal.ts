/** What requests to the stream get that are no WebSocket handshake, with status 400 (contract 3). */
export const STREAM_REFUSAL = 'WebSocket connection required.';

/** The whole HTTP answer, for those that look like one. */
export const STREAM_REFUSAL_ANSWER = [
  'HTTP/1.1 400 Bad Request',
  'Connection: close',
  'Content-Type: text/plain; charset=utf-8',
  `Content-Length: ${String(STREAM_REFUSAL.length)}`,
  '',
  STREAM_REFUSAL,
].join('\r\n');
