import type { IncomingMessage, ServerResponse } from 'node:http';

/** The one origin that a node's pages come from. */
const EXPLORER = 'https://explorer.basalt.network';

/**
 * Sets the CORS headers of a node (contract 3). They say nothing about WebSockets.
 *
 * @param open whether every origin may read.
 */
export function setCorsHeaders(
  { headers: { origin } }: IncomingMessage,
  response: ServerResponse,
  open: boolean,
): void {
  if (!open) response.setHeader('Vary', 'Origin');
  if (origin === undefined || (!open && origin !== EXPLORER)) return;
  response.setHeader('Access-Control-Allow-Origin', open ? '*' : EXPLORER);
  response.setHeader('Access-Control-Allow-Methods', 'GET,POST');
}

/** Whether a browser asks if it may send a request. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}
