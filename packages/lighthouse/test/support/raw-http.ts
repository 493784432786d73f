import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Everything the server sends until it ends the connection. */
export async function rawAnswer(port: number, request: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  return text(socket);
}

/** The server's answer up to the end of its head; the connection is cut then. */
export async function answerHead(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  let head = '';
  for await (const chunk of socket) {
    head += String(chunk);
    if (head.includes('\r\n\r\n')) break;
  }
  return head;
}
