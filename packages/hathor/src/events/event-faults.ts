import type { FaultAction, FaultContext, WindowRefusal } from '@sluice/engine';
import { SluiceError } from '@sluice/engine';

/** Error responses of the event socket (contract 2.3). */
export type InvalidRequestType =
  | 'VALIDATION_ERROR'
  | 'STREAM_IS_ACTIVE'
  | 'STREAM_IS_INACTIVE'
  | 'ACK_TOO_SMALL'
  | 'ACK_TOO_LARGE'
  | 'EVENT_WS_NOT_RUNNING';

/** An error response. */
export interface InvalidRequestResponse {
  readonly type: InvalidRequestType;
  /** The received text, verbatim; null for `EVENT_WS_NOT_RUNNING`. */
  readonly invalid_request: string | null;
  readonly error_message: string | null;
}

const REFUSALS: Readonly<Record<WindowRefusal, InvalidRequestType>> = {
  ACTIVE: 'STREAM_IS_ACTIVE',
  INACTIVE: 'STREAM_IS_INACTIVE',
  ACK_TOO_SMALL: 'ACK_TOO_SMALL',
  ACK_TOO_LARGE: 'ACK_TOO_LARGE',
};

/** Sent on connect while the queue does not run (contract 2.1). */
export const NOT_RUNNING: InvalidRequestResponse = {
  type: 'EVENT_WS_NOT_RUNNING',
  invalid_request: null,
  error_message: null,
};

/** @throws SluiceError `STATE` if a request does not fit the state of the stream. */
export function assertAccepted(refusal: WindowRefusal | undefined): void {
  if (refusal === undefined) return;
  const type = REFUSALS[refusal];
  throw new SluiceError('STATE', type, { details: { type } });
}

/**
 * Contract 2.2 and 2.3: whatever a client may have written wrong is answered and changes nothing; a binary frame that is
 * not UTF-8 drops the connection, as does a fault of our own (rule T6). A guard of the application that refuses ends the
 * connection the way the server always closes, with an empty Close (rule T5).
 */
export function eventFaults(error: SluiceError, { text }: FaultContext): FaultAction {
  const { reason, type } = error.details;
  const reply = (answer: InvalidRequestType, message: string | null): FaultAction => ({
    action: 'reply',
    message: {
      type: answer,
      invalid_request: text,
      error_message: message,
    } satisfies InvalidRequestResponse,
  });
  switch (error.code) {
    case 'MALFORMED':
      return reason === 'utf8' ? { action: 'drop' } : reply('VALIDATION_ERROR', error.message);
    case 'UNKNOWN_COMMAND':
    case 'INVALID':
      return reply('VALIDATION_ERROR', error.message);
    case 'STATE':
      return isRefusal(type) ? reply(type, null) : { action: 'drop' };
    case 'FORBIDDEN':
    case 'LIMIT':
      return { action: 'close' };
    case 'INTERNAL':
      return { action: 'drop' };
  }
}

function isRefusal(type: unknown): type is InvalidRequestType {
  return Object.values<unknown>(REFUSALS).includes(type);
}
