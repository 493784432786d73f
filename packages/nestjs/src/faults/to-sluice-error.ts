import { HttpException } from '@nestjs/common';
import { WsException } from '@nestjs/websockets';
import { SluiceError, type SluiceErrorCode } from '@sluice/engine';

const FORBIDDEN_STATUS = new Set([401, 403]);

/** Nest's text for a guard that said no; on the WebSocket side it comes without a status. */
const GUARD_REFUSAL = 'Forbidden resource';

/**
 * Names a fault of a command's handler.
 *
 * - A `SluiceError` stays what it is.
 * - An `HttpException` of the 400 class is `INVALID` (401 and 403: `FORBIDDEN`), with the messages of the validation in
 *   `details.messages`; any other one is `INTERNAL`.
 * - A `WsException` is `INVALID`; of a guard that refused: `FORBIDDEN`.
 * - Anything else is `INTERNAL`, with the cause kept for the log.
 */
export function toSluiceError(exception: unknown): SluiceError {
  if (exception instanceof SluiceError) return exception;
  if (exception instanceof HttpException) return fromHttp(exception);
  if (exception instanceof WsException) return fromWs(exception);
  return SluiceError.from(exception);
}

function fromHttp(exception: HttpException): SluiceError {
  const status = exception.getStatus();
  if (status < 400 || status >= 500) return SluiceError.from(exception);
  const code = FORBIDDEN_STATUS.has(status) ? 'FORBIDDEN' : 'INVALID';
  return described(code, exception.getResponse(), exception);
}

function fromWs(exception: WsException): SluiceError {
  const code = exception.message === GUARD_REFUSAL ? 'FORBIDDEN' : 'INVALID';
  return described(code, exception.getError(), exception);
}

/** `response` is a text, or an object with `message`: a text or, from a validation, a list of texts. */
function described(
  code: SluiceErrorCode,
  response: string | object,
  cause: HttpException | WsException,
): SluiceError {
  const message: unknown =
    typeof response === 'object' && 'message' in response ? response.message : response;
  if (Array.isArray(message)) {
    const messages = message.map(String);
    return new SluiceError(code, messages.join(', '), { cause, details: { messages } });
  }
  return new SluiceError(code, typeof message === 'string' ? message : cause.message, { cause });
}
