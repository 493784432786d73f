import { stringifyJson } from '@sluice/engine';

/**
 * Where two JSON values differ first, as `path: expected …, got …`, or undefined when they are equal.
 * @param memberOrder Members must come in the same order.
 */
export function firstDifference(
  expected: unknown,
  actual: unknown,
  memberOrder: boolean,
  path = '$',
): string | undefined {
  if (Object.is(expected, actual)) return undefined;
  if (
    !isBranch(expected) ||
    !isBranch(actual) ||
    Array.isArray(expected) !== Array.isArray(actual)
  ) {
    return `${path}: expected ${show(expected)}, got ${show(actual)}`;
  }
  const names = Object.keys(expected);
  const others = Object.keys(actual);
  for (const name of new Set([...names, ...others])) {
    const below = Array.isArray(expected) ? `${path}[${name}]` : `${path}.${name}`;
    const difference = firstDifference(expected[name], actual[name], memberOrder, below);
    if (difference !== undefined) return difference;
  }
  if (!memberOrder || names.every((name, i) => name === others[i])) return undefined;
  return `${path}: expected the members ${names.join(', ')}, got ${others.join(', ')}`;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : stringifyJson(value);
}
