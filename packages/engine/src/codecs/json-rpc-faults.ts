import type { FaultAction, SluiceError } from '../errors.js';
import type { FaultMapper } from './codec.js';

interface Answer {
  readonly code: number;
  readonly message: string;
  readonly close: boolean;
}

const PARSE_ERROR: Answer = { code: -32700, message: 'Parse error', close: true };
const INVALID_REQUEST: Answer = { code: -32600, message: 'Invalid Request', close: true };
const METHOD_NOT_FOUND: Answer = { code: -32601, message: 'Method not found', close: false };
const INVALID_PARAMS: Answer = { code: -32602, message: 'Invalid params', close: false };
const INTERNAL_ERROR: Answer = { code: -32603, message: 'Internal error', close: true };

/**
 * Answers of a `jsonRpc` endpoint to faults. The id is null in every one of them.
 *
 * | code | when | then |
 * | --- | --- | --- |
 * | -32700 | not JSON or not UTF-8 | empty Close |
 * | -32600 | a request without `method` | empty Close |
 * | -32601 | nobody handles the method | stays open |
 * | -32602 | parameters do not fit | stays open |
 * | -32603 | anything else, also a request that is no object and a `method` that is no string | empty Close |
 */
export const jsonRpcFaults: FaultMapper = (error): FaultAction => {
  const { code, message, close } = answerTo(error);
  return {
    action: close ? 'close' : 'reply',
    message: { id: null, error: { code, message }, result: null },
  };
};

function answerTo({ code, details }: SluiceError): Answer {
  switch (code) {
    case 'MALFORMED':
      return PARSE_ERROR;
    case 'UNKNOWN_COMMAND':
      if (details.reason === 'absent') return INVALID_REQUEST;
      return details.reason === 'type' ? INTERNAL_ERROR : METHOD_NOT_FOUND;
    case 'INVALID':
      return details.reason === 'shape' ? INTERNAL_ERROR : INVALID_PARAMS;
    default:
      return INTERNAL_ERROR;
  }
}
