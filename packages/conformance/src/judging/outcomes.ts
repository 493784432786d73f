/** A server does something else than its contract says. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';

  /**
   * @param expected what the contract says, in words or as it looks on the wire.
   * @param seen what the server did instead.
   */
  constructor(
    readonly expected: string,
    readonly seen: string,
  ) {
    super(`expected ${expected}; seen: ${seen}`);
  }
}

/** A check that cannot be made here and now; the message says why. */
export class SkipCheck extends Error {
  override readonly name = 'SkipCheck';
}
