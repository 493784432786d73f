import type { FaultAction, SluiceError } from '@sluice/engine';

/** Close code for a client that asks for more than it may have: "policy violation". */
const POLICY_VIOLATION = 1008;

/**
 * Contract 3.3: there is no error message of any kind. What is no JSON ends the connection without a Close frame, a filter beyond
 * all measure with one (ours), everything else a client may have wrong is ignored. A guard of the application that refuses is
 * silence too.
 */
export function nanoFaults({ code, message }: SluiceError): FaultAction {
  switch (code) {
    case 'MALFORMED':
      return { action: 'drop' };
    case 'LIMIT':
      return { action: 'close', code: POLICY_VIOLATION, reason: message };
    default:
      return { action: 'ignore' };
  }
}
