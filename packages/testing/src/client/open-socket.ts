import { WebSocket } from 'ws';
import { DEFAULT_TIMEOUT_MS, type TestClientOptions } from './test-client.options.js';

/** A `ws` socket that has just been told to connect. */
export function openSocket(url: string | URL, options: TestClientOptions): WebSocket {
  return new WebSocket(url, [...(options.subprotocols ?? [])], {
    headers: { ...options.headers },
    perMessageDeflate: options.perMessageDeflate ?? false,
    handshakeTimeout: options.connectTimeoutMs ?? DEFAULT_TIMEOUT_MS,
    autoPong: options.answersPings ?? true,
    localAddress: options.localAddress,
    ...options.tls,
  });
}
