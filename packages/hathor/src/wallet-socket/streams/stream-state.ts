/**
 * Where a history stream stands (contract 1.6, "State table"). A connection without a stream is in state NONE of the
 * contract; so is one whose stream is `closed`.
 *
 * - `running`: has something to send, or looks whether it has; waits at most for the chain or the socket.
 * - `full`: the window is exhausted; an ack or another window wakes it.
 * - `idle`: manual mode, no address is left and more may come; the next request wakes it.
 * - `closing`: `end` is sent and not acknowledged.
 * - `closed`: over; nothing wakes it.
 */
export type StreamState = 'running' | 'full' | 'idle' | 'closing' | 'closed';

/** What happens to a stream. */
export type StreamInput =
  /** A frame may not be sent because of the window. */
  | 'exhausted-window'
  /** The window allows another frame. */
  | 'room'
  /** No address is left, and more may come. */
  | 'no-address'
  /** Addresses came, or the word that they were the last. */
  | 'addresses'
  /** Nothing is left to send but `end`. */
  | 'ended'
  /** Stopped, refused, acknowledged to the end, disabled, or the connection is gone. */
  | 'close';

/** The state table: what an input makes of a state. Where a cell is empty the input changes nothing. */
export const STREAM_STATES: Readonly<
  Record<StreamState, Readonly<Partial<Record<StreamInput, StreamState>>>>
> = {
  running: {
    'exhausted-window': 'full',
    'no-address': 'idle',
    ended: 'closing',
    close: 'closed',
  },
  full: { room: 'running', close: 'closed' },
  idle: { addresses: 'running', close: 'closed' },
  closing: { close: 'closed' },
  closed: {},
};
