/** Why a vertex was not accepted. The last three are asked of what wallets hand in only. */
export type RejectionCode =
  | 'MALFORMED'
  | 'DUPLICATE'
  | 'UNSUPPORTED'
  | 'PARENTS'
  | 'TIMESTAMP'
  | 'WEIGHT'
  | 'PROOF_OF_WORK'
  | 'REWARD'
  | 'DATA'
  | 'INPUTS'
  | 'OUTPUTS'
  | 'SCRIPT'
  | 'TOKENS'
  | 'REWARD_LOCK'
  | 'DOUBLE_SPEND'
  | 'VOIDED_INPUT'
  | 'NON_STANDARD';

/** A vertex breaks a rule of the chain; nothing has changed. */
export class VertexRejectedError extends Error {
  override readonly name = 'VertexRejectedError';

  constructor(
    readonly code: RejectionCode,
    message: string,
  ) {
    super(message);
  }
}

/** @throws VertexRejectedError unless the rule holds. */
export function requireRule(
  holds: boolean,
  code: RejectionCode,
  message: () => string,
): asserts holds {
  if (!holds) throw new VertexRejectedError(code, message());
}
