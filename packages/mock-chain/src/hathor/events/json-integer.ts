import type { JsonInteger } from '@sluice/hathor';

/** A number while it is exact as such. */
export function jsonInteger(value: bigint): JsonInteger {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
