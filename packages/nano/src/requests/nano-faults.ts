import type { FaultAction, SluiceError } from '@sluice/engine';

/**
 * Contract 3.3: there is no error message of any kind. What is no JSON ends the connection without a Close frame, everything
 * else a client may have wrong is ignored. A guard of the application that refuses is silence too.
 */
export function nanoFaults({ code }: SluiceError): FaultAction {
  return code === 'MALFORMED' ? { action: 'drop' } : { action: 'ignore' };
}
