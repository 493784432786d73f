import { boundedQueue } from './bounded-queue.flow.js';
import type { SessionFlowControl } from './flow-control.js';

/** Options of {@link dropOldest}. */
export interface DropOldestOptions {
  /** Most messages that wait for one session; default 1000. */
  readonly messages?: number;
  /** Most bytes that wait for one session; default 1 MiB. */
  readonly bytes?: number;
}

/**
 * Sends messages in order; while the socket is full they wait, and at either limit what has waited longest is dropped.
 * For streams in which the newest message matters most. The same as `boundedQueue({ overflow: 'dropOldest' })`.
 *
 * @throws SluiceError `INVALID` that lists every faulty option.
 */
export function dropOldest(options: DropOldestOptions = {}): SessionFlowControl {
  return boundedQueue({ ...options, overflow: 'dropOldest' });
}
