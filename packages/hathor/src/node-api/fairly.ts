import { setImmediate } from 'node:timers/promises';
import { elementsOf, type Elements } from '../chain/elements-of.js';

/** Elements handled before other work gets its turn. */
const TURN = 256;

/** The same elements, with a pause now and then: a long history must not stop the server. */
export async function* fairly<T>(elements: Elements<T>): AsyncGenerator<T> {
  let left = TURN;
  for await (const element of elementsOf(elements)) {
    yield element;
    if (--left > 0) continue;
    left = TURN;
    await setImmediate();
  }
}
