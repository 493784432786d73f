import type { JsonInteger } from '../events/event-data.js';

/** An integer from 0 on as messages carry it: a number while it is exact as one. */
export function jsonInteger(value: bigint): JsonInteger {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
