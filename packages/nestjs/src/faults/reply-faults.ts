import type { FaultMapper } from '@sluice/engine';

/**
 * The faults of a gateway that names none of its own: every fault is answered with
 * `{ error: { code, message, details?, command? } }` and the session goes on. `INTERNAL` never shows its message.
 */
export const replyFaults: FaultMapper = (error, { command }) => ({
  action: 'reply',
  message: {
    error: {
      code: error.code,
      message: error.code === 'INTERNAL' ? 'Internal error' : error.message,
      ...(Object.keys(error.details).length > 0 && error.code !== 'INTERNAL'
        ? { details: error.details }
        : {}),
      ...(command === undefined ? {} : { command: command.name }),
    },
  },
});
