import type { SessionFlowControl } from './flow-control.js';

/**
 * Hands every message to the session at once, so that all topics of the session and its replies keep one order, also
 * while the client does not read. What waits then is bounded by the session's `outboundBytes` alone, above which it is
 * evicted: a session that lives has missed nothing, and may be as slow as it likes.
 */
export function inOrder(): SessionFlowControl {
  return IN_ORDER;
}

const NOTHING = { messages: 0, bytes: 0 } as const;

const IN_ORDER: SessionFlowControl = {
  scope: 'session',
  writesThrough: true,
  create: (outlet) => ({
    held: NOTHING,
    offer: ({ frame }) => {
      outlet.write(frame);
    },
    drained: () => undefined,
    end: () => undefined,
  }),
};
