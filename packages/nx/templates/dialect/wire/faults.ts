import type { FaultMapper } from '@sluice/engine';

/** What clients see of faults (PROTOCOL.md 4). The cause of an `INTERNAL` one is never shown. */
export const acmeFaults: FaultMapper = ({ code, message }) => {
  if (code === 'MALFORMED') return { action: 'close', code: 1007, reason: 'not JSON' };
  const shown = code === 'INTERNAL' ? 'Internal error' : message;
  return { action: 'reply', message: { type: 'error', code: code.toLowerCase(), message: shown } };
};
