/** Something that cannot be done to the chain as it stands; nothing has changed. */
export class ChainRefusedError extends Error {
  override readonly name = 'ChainRefusedError';
}
