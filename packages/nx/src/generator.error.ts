/** A generator that cannot do what it was asked; nothing is written then. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';
}
