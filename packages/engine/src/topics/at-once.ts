/**
 * The answer of a function that must not answer later, although types cannot keep it from doing so.
 *
 * @throws TypeError if it is a promise, whose outcome then concerns nobody.
 */
export function atOnce<T>(answer: T, who: string): T {
  if (answer instanceof Promise) {
    answer.catch(() => undefined);
    throw new TypeError(`${who} returned a promise`);
  }
  return answer;
}
