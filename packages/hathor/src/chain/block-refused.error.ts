/** The chain does not take a block; the message says why, in words for the operator's log. Miners do not see it. */
export class BlockRefusedError extends Error {
  override readonly name = 'BlockRefusedError';
}
