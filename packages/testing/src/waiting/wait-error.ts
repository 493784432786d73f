/** A wait that did not get what it waited for; the message says what, and what was seen instead. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
}

/** How long one wait may take. */
export interface WaitOptions {
  /** Milliseconds of real time. Default: the client's own `timeoutMs`. */
  readonly timeoutMs?: number;
}
