import { CodecError } from '@sluice/hathor/codec';

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
  | 'SIGNAL_BITS'
  | 'AUX_POW'
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

/**
 * Runs something of the codec.
 *
 * @throws VertexRejectedError instead of the codec's own error.
 */
export function inCodecTerms<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new VertexRejectedError(
      error.field.startsWith('auxPow') ? 'AUX_POW' : 'MALFORMED',
      error.message,
    );
  }
}
