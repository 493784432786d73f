import { SluiceError, type Clock } from '@sluice/engine';
import { isPromise, type MaybePromise } from './maybe-promise.js';

/** Longest time that an answer of the chain is waited for where others wait behind it, milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * An answer of the chain, or after 30 seconds a failure: a question that is never answered then costs what it was asked for,
 * and nothing that comes after it.
 */
export function inTime<T>(answer: MaybePromise<T>, clock: Clock): MaybePromise<T> {
  if (!isPromise(answer)) return answer;
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(PATIENCE_MS, () => {
      reject(new SluiceError('INTERNAL', `The chain has not answered within ${PATIENCE_MS} ms`));
    });
    answer.then(resolve, reject).finally(cancel);
  });
}
