import { SluiceError } from '../errors.js';

/** Largest delay of a timer in milliseconds. */
const MAX_DELAY = 0x7fff_ffff;

/** A check of one option; returns what is wrong, if anything. */
export type OptionCheck = (value: unknown) => string | undefined;

/** A whole number from 1 on. */
export const positiveInteger: OptionCheck = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 1
    ? undefined
    : 'must be an integer from 1 on';

/** A time in milliseconds that a timer can wait. */
export const milliseconds: OptionCheck = (value) =>
  typeof value === 'number' && value >= 1 && value <= MAX_DELAY
    ? undefined
    : `must be a number of milliseconds from 1 to ${MAX_DELAY}`;

/** One of some words. */
export const oneOf =
  (...words: readonly string[]): OptionCheck =>
  (value) =>
    words.includes(value as string) ? undefined : `must be one of ${words.join(', ')}`;

/** A function, or nothing. */
export const optionalFunction: OptionCheck = (value) =>
  value === undefined || typeof value === 'function' ? undefined : 'must be a function';

/**
 * Checks the options of a flow policy.
 *
 * @throws SluiceError `INVALID` that lists every fault.
 */
export function checkFlowOptions(
  policy: string,
  options: object,
  checks: Readonly<Record<string, OptionCheck>>,
): void {
  const faults = Object.entries(checks).flatMap(([name, check]) => {
    const value = (options as Record<string, unknown>)[name];
    const fault = check(value);
    return fault === undefined ? [] : [`${name} ${fault}, got ${String(value)}`];
  });
  const strangers = Object.keys(options).filter((name) => !Object.hasOwn(checks, name));
  faults.push(...strangers.map((name) => `${name} is not an option`));
  if (faults.length > 0) {
    throw new SluiceError('INVALID', `${policy}: ${faults.join('; ')}`, { details: { faults } });
  }
}
