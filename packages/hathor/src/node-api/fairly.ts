import { setImmediate } from 'node:timers/promises';

/** Elements handled before other work gets its turn. */
const TURN = 256;

/** The same elements, with a pause now and then: a long history must not stop the server. */
export async function* fairly<T>(elements: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  let left = TURN;
  for await (const element of elements) {
    yield element;
    if (--left > 0) continue;
    left = TURN;
    await setImmediate();
  }
}
