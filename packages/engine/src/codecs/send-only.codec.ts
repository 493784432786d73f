import type { Codec } from './codec.js';
import { stringifyJson } from './json-text.js';

/**
 * For endpoints that only send: there are no commands, and whatever a client says is dropped.
 *
 * @param encode text of a wire message; default JSON, see `stringifyJson`.
 */
export function sendOnly(encode: (message: never) => string = stringifyJson): Codec {
  return { decode: () => [], reply: () => undefined, encode };
}
