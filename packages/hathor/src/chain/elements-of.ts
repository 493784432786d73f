import { isPromise, type MaybePromise } from './maybe-promise.js';

/** Several things, now or later. */
export type Elements<T> = Iterable<T> | AsyncIterable<T>;

/**
 * What a chain answers with, as something to iterate over. Its method may be `async` by mistake: a promise that nobody looks
 * at would end the process when it rejects.
 */
export function elementsOf<T>(answer: Elements<T>): Elements<T> {
  return isPromise(answer as MaybePromise<Elements<T>>)
    ? later(answer as unknown as Promise<Elements<T>>)
    : answer;
}

async function* later<T>(answer: Promise<Elements<T>>): AsyncGenerator<T> {
  yield* await answer;
}
