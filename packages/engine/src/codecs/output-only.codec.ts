import type { Codec } from './codec.js';
import { stringifyJson } from './json-text.js';

/**
 * For endpoints that only send: whatever a client says is dropped.
 *
 * @param encode text of a wire message; default JSON.
 */
export function outputOnly(encode: (message: never) => string = stringifyJson): Codec {
  return {
    decode: () => [],
    reply: () => undefined,
    encode,
  };
}
