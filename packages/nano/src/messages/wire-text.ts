/** How the server writes values (contract 3.1): every scalar is a string, an empty array is an empty string. */
import type { Count } from '../events/block-events.js';
import { WireError } from '../wire/index.js';

/**
 * A whole number in decimal.
 *
 * @throws WireError `OUT_OF_RANGE` if it is negative, has a fraction, or is a number that has lost digits.
 */
export function countText(value: Count, field: string): string {
  const exact = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (exact && value >= 0) return value.toString();
  throw new WireError('OUT_OF_RANGE', field, `${value} is no whole number of at least 0`);
}

/** A list as the node writes it. */
export function list<T>(items: readonly T[]): readonly T[] | '' {
  return items.length === 0 ? '' : items;
}
