import { SluiceError } from '../errors.js';
import { isJsonObject } from './decode-text.js';

type Params = Readonly<Record<string, unknown>> | readonly unknown[];

/** Parameters as they came, `{}` if none did; an `INVALID` error if they are neither an array nor an object. */
export function checkParams(params: unknown): Params | SluiceError {
  if (params === undefined) return {};
  if (Array.isArray(params) || isJsonObject(params)) return params;
  return unfit('params must be an array or an object');
}

/**
 * Parameters by name, however they came; an `INVALID` error if they do not fit.
 *
 * @param names the method's parameters in order, those that may be left out with a final `?`.
 */
export function nameParams(params: unknown, names: readonly string[]): Params | SluiceError {
  const received = checkParams(params);
  if (received instanceof SluiceError) return received;
  const known = names.map((name) => (name.endsWith('?') ? name.slice(0, -1) : name));
  if (isPositional(received) && received.length > known.length) {
    return unfit(`At most ${known.length} parameters are expected`);
  }
  const named: Readonly<Record<string, unknown>> = isPositional(received)
    ? Object.fromEntries(known.slice(0, received.length).map((name, at) => [name, received[at]]))
    : received;
  const stranger = Object.keys(named).find((name) => !known.includes(name));
  if (stranger !== undefined) return unfit('There is a parameter with an unknown name');
  const missing = names.find((name) => !name.endsWith('?') && !Object.hasOwn(named, name));
  return missing === undefined ? named : unfit(`The parameter ${missing} is missing`);
}

function isPositional(params: Params): params is readonly unknown[] {
  return Array.isArray(params);
}

function unfit(message: string): SluiceError {
  return new SluiceError('INVALID', message, { details: { reason: 'params' } });
}
