import type { Codec } from './codec.js';
import { stringifyJson } from './json-text.js';

/**
 * For endpoints that only send: there are no commands, and whatever a client says is thrown away as it arrives, of any
 * size and content.
 *
 * @param encode text of a wire message; default JSON, see `stringifyJson`.
 */
export function sendOnly(encode: (message: never) => string = stringifyJson): Codec {
  return { discardsInput: true, decode: () => [], reply: () => undefined, encode };
}
