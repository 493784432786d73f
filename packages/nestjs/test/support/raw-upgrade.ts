import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** Headers of a proper handshake. */
export const HANDSHAKE = [
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

/** Opens a TCP connection and sends a request as it stands. */
export async function rawRequest(
  port: number,
  target: string,
  headers: readonly string[] = HANDSHAKE,
): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.write(`GET ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
  return socket;
}

/** The whole answer to a request, up to the end of the connection. */
export async function rawAnswer(
  port: number,
  target: string,
  headers?: readonly string[],
): Promise<string> {
  return text(await rawRequest(port, target, headers));
}
