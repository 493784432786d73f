import { parseJson, stringifyJson } from '@sluice/engine';

/** What is in a parsed message at a path; undefined if nothing is. */
export function member(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (part, name) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, name)
        ? (part as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}

/** The same as text: a string as it is, a number with every digit, anything else as JSON; '' for nothing. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = member(value, ...path);
  if (found === undefined) return '';
  return typeof found === 'string' ? found : stringifyJson(found);
}

/** The same as a number; undefined for anything else, and for integers that a number cannot hold. */
export function numberAt(
  value: unknown,
  ...path: readonly (string | number)[]
): number | undefined {
  const found = member(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The same as an integer of any size; undefined for anything else. */
export function integerAt(
  value: unknown,
  ...path: readonly (string | number)[]
): bigint | undefined {
  const found = member(value, ...path);
  if (typeof found === 'bigint') return found;
  return typeof found === 'number' && Number.isInteger(found) ? BigInt(found) : undefined;
}

/** How many elements a list at a path has; 0 if there is none. */
export function lengthAt(value: unknown, ...path: readonly (string | number)[]): number {
  const found = member(value, ...path);
  return Array.isArray(found) ? found.length : 0;
}

/** The parsed text; undefined if it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** A hash as people can compare it: its first digits. */
export function short(hash: string): string {
  return hash.length > 18 ? `${hash.slice(0, 16)}…` : hash;
}
