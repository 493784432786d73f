import type { DisconnectSlowOptions } from '@sluice/engine';

/**
 * A node queues without end for a client that does not read (contract 5.2). Here the queue is bounded, and a client that makes
 * no progress for half a minute is disconnected.
 */
export const SLOW_CLIENTS: DisconnectSlowOptions = {
  afterMs: 30_000,
  messages: 10_000,
  bytes: 16 * 1024 * 1024,
};
