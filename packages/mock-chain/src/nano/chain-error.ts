/** What a chain was asked to do cannot be done as it stands; nothing has changed. */
export class NanoChainError extends Error {
  override readonly name = 'NanoChainError';
}
