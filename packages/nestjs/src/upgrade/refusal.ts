import { HttpException, InternalServerErrorException } from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** HTTP 429, with the time after which a new attempt makes sense. */
export class TooManyConnectionsException extends HttpException {
  readonly retryAfterSeconds = 1;

  constructor(message: string) {
    super({ statusCode: 429, message, error: 'Too Many Requests' }, 429);
  }
}

/** Answers an upgrade request with an error, the way Nest answers requests, and ends the connection. */
export function refuse(socket: Duplex, error: unknown): void {
  const exception = error instanceof HttpException ? error : new InternalServerErrorException();
  const status = exception.getStatus();
  const response = exception.getResponse();
  const body = JSON.stringify(
    typeof response === 'string' ? { statusCode: status, message: response } : response,
  );
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? 'Error'}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
  ];
  if (exception instanceof TooManyConnectionsException) {
    head.push(`Retry-After: ${String(exception.retryAfterSeconds)}`);
  }
  socket.once('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
