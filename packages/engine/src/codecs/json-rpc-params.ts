import { SluiceError } from '../errors.js';
import { isJsonObject } from './decode-text.js';

/**
 * Parameters of a request as its handler gets them.
 *
 * @param names the method's parameters in order, those that may be left out with a final `?`; undefined if the method
 * did not declare them.
 * @returns the parameters, or an `INVALID` error with the reason `params`.
 */
export function namedParams(
  params: unknown,
  names: readonly string[] | undefined,
): Readonly<Record<string, unknown>> | readonly unknown[] | SluiceError {
  if (params === undefined) return names === undefined ? {} : byName({}, names);
  if (Array.isArray(params)) return names === undefined ? params : byPosition(params, names);
  if (!isJsonObject(params)) return unfit('params must be an array or an object');
  return names === undefined ? params : byName(params, names);
}

function byPosition(
  params: readonly unknown[],
  names: readonly string[],
): Readonly<Record<string, unknown>> | SluiceError {
  if (params.length > names.length) return unfit(`At most ${names.length} parameters are expected`);
  const named = names.slice(0, params.length).map((name, at) => [bare(name), params[at]] as const);
  return byName(Object.fromEntries(named), names);
}

function byName(
  params: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> | SluiceError {
  const known = new Set(names.map(bare));
  const stranger = Object.keys(params).find((name) => !known.has(name));
  if (stranger !== undefined) return unfit('A parameter with an unknown name');
  const missing = names.find((name) => !name.endsWith('?') && !Object.hasOwn(params, name));
  return missing === undefined ? params : unfit(`${missing} is missing`);
}

function bare(name: string): string {
  return name.endsWith('?') ? name.slice(0, -1) : name;
}

function unfit(message: string): SluiceError {
  return new SluiceError('INVALID', message, { details: { reason: 'params' } });
}
