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
  answerRaw(socket, answerTo(error));
}

/** Answers with a whole HTTP answer, and ends the connection. */
export function answerRaw(socket: Duplex, answer: string): void {
  socket.once('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(answer);
}

/** Whatever cannot be told over HTTP, such as a body that JSON does not know, is a 500. */
function answerTo(error: unknown): string {
  const internal = new InternalServerErrorException();
  try {
    return answer(error instanceof HttpException ? error : internal);
  } catch {
    return answer(internal);
  }
}

function answer(exception: HttpException): string {
  const status = exception.getStatus();
  if (!(status >= 200 && status <= 599)) throw new RangeError(`${String(status)} ends no request`);
  const response = exception.getResponse();
  const body = bodyOf(status, response);
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? 'Error'}`,
    'Connection: close',
    ...(body === '' ? [] : ['Content-Type: application/json; charset=utf-8']),
    `Content-Length: ${String(Buffer.byteLength(body))}`,
  ];
  if (exception instanceof TooManyConnectionsException) {
    head.push(`Retry-After: ${String(exception.retryAfterSeconds)}`);
  }
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** An exception without words has no body. */
function bodyOf(status: number, response: string | object): string {
  if (response === '') return '';
  return JSON.stringify(
    typeof response === 'string' ? { statusCode: status, message: response } : response,
  );
}
