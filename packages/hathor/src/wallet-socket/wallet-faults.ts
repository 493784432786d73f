import type { FaultAction, SluiceError } from '@sluice/engine';

const MALFORMED: FaultAction = {
  action: 'reply',
  message: { type: 'error', success: false, errmsg: 'Malformed command' },
};

/**
 * Contract 1.2: what is no JSON is answered, what has no known `type` is ignored, what a node's handlers cannot cope with
 * drops the connection, as does a fault of our own (rule T6). A guard of the application that refuses ends the connection
 * with an empty Close (rule T5).
 */
export function walletFaults({ code }: SluiceError): FaultAction {
  switch (code) {
    case 'MALFORMED':
      return MALFORMED;
    case 'UNKNOWN_COMMAND':
      return { action: 'ignore' };
    case 'FORBIDDEN':
    case 'LIMIT':
      return { action: 'close' };
    case 'INVALID':
    case 'STATE':
    case 'INTERNAL':
      return { action: 'drop' };
  }
}
