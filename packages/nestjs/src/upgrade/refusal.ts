import {
  ForbiddenException,
  HttpException,
  InternalServerErrorException,
  ServiceUnavailableException,
} from '@nestjs/common';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Refuses an upgrade with a short text instead of the JSON that Nest makes of other exceptions. For connect guards. */
export class UpgradeRefusal extends HttpException {
  /** @param headers sent besides those that every refusal has. */
  constructor(
    status: number,
    readonly text: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(text, status);
  }
}

/** HTTP 429, with the time after which a new attempt makes sense. */
export class TooManyConnectionsException extends HttpException {
  readonly headers = { 'Retry-After': '1' };

  constructor(message: string) {
    super({ statusCode: 429, message, error: 'Too Many Requests' }, 429);
  }
}

/** Nobody is let in yet, or any more. */
export class NotAcceptingException extends ServiceUnavailableException {
  constructor() {
    super('Not accepting connections');
  }
}

/** Guards did not decide in time. */
export class HandshakeTimeoutException extends ServiceUnavailableException {
  constructor() {
    super('The handshake took too long');
  }
}

/** The client comes from a page that may not connect. */
export class ForbiddenOriginException extends ForbiddenException {
  constructor() {
    super('Origin not allowed');
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
  const isText = exception instanceof UpgradeRefusal;
  const body = isText ? exception.text : jsonBody(exception);
  const type = `${isText ? 'text/plain' : 'application/json'}; charset=utf-8`;
  const headers = {
    Connection: 'close',
    ...(body !== '' && { 'Content-Type': type }),
    'Content-Length': String(Buffer.byteLength(body)),
    ...(isText || exception instanceof TooManyConnectionsException ? exception.headers : {}),
  };
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? 'Error'}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** An exception without words has no body. */
function jsonBody(exception: HttpException): string {
  const response = exception.getResponse();
  if (response === '') return '';
  return JSON.stringify(
    typeof response === 'string'
      ? { statusCode: exception.getStatus(), message: response }
      : response,
  );
}
