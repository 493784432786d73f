/**
 * The engine's one error set. A dialect maps each code to what its contract says:
 * a reply, silence, a close or a drop (see {@link FaultAction}).
 *
 * - `MALFORMED`: the frame cannot be decoded.
 * - `UNKNOWN_COMMAND`: decoded, but no handler has that name.
 * - `INVALID`: a handler exists, the parameters do not fit.
 * - `FORBIDDEN`: a guard refused.
 * - `LIMIT`: a configured limit is reached; the limit's name and number are in `details`.
 * - `STATE`: right request, wrong moment (ack without a stream, a group that is already open).
 * - `INTERNAL`: our own fault; never shows its cause to a client.
 */
export type SluiceErrorCode =
  'MALFORMED' | 'UNKNOWN_COMMAND' | 'INVALID' | 'FORBIDDEN' | 'LIMIT' | 'STATE' | 'INTERNAL';

/** Options of {@link SluiceError}. */
export interface SluiceErrorOptions extends ErrorOptions {
  /** Machine-readable facts about the fault, such as a limit's name and number. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error with a stable {@link SluiceErrorCode}. */
export class SluiceError extends Error {
  override readonly name = 'SluiceError';
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: SluiceErrorCode,
    message: string,
    options: SluiceErrorOptions = {},
  ) {
    super(message, options);
    this.details = options.details ?? {};
  }

  /** Passes a `SluiceError` on and wraps anything else as `INTERNAL`, cause kept. */
  static from(error: unknown): SluiceError {
    if (error instanceof SluiceError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new SluiceError('INTERNAL', message, { cause: error });
  }
}

/**
 * What happens to a session after a fault.
 *
 * - `reply`: `message` is sent, the session goes on.
 * - `ignore`: nothing is sent, the session goes on.
 * - `close`: `message` (if any), then a Close frame; without `code` the Close frame is empty.
 * - `drop`: what waits is sent, then the TCP connection ends without a Close frame (clients see 1006).
 */
export type FaultAction =
  | { readonly action: 'reply'; readonly message: unknown }
  | { readonly action: 'ignore' }
  | {
      readonly action: 'close';
      readonly message?: unknown;
      readonly code?: number;
      readonly reason?: string;
    }
  | { readonly action: 'drop' };
