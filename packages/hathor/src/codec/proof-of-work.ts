import type { Hex32 } from '../events/event-data.js';
import { CodecError } from './codec-error.js';
import { logarithmOfTwo, powerOfTwo } from './exact-exponent.js';

/**
 * What an id, read as a big-endian integer, must stay strictly below: trunc(2^(256 - weight) - 1), in double precision
 * as the node computes it. Zero or below (nothing meets it) for weights from 256 up.
 *
 * @throws CodecError if the weight is not finite or so low that the power overflows (-768 and below).
 */
export function target(weight: number): bigint {
  return BigInt(Math.trunc(finitePower(256 - weight) - 1));
}

/** Whether an id is a proof of work for a weight. Throws as {@link target} does. */
export function meetsTarget(id: Hex32, weight: number): boolean {
  return BigInt(`0x${id}`) < target(weight);
}

/**
 * The work of a vertex, as it is summed up in scores and accumulated weights: floor(2^weight + 0.5).
 *
 * @throws CodecError if the weight is not finite or 1024 and above.
 */
export function weightToWork(weight: number): bigint {
  return BigInt(Math.floor(finitePower(weight) + 0.5));
}

/** The weight of a sum of work: log2, and 0 for anything up to 1. Sums from 2^1024 up give `Infinity`. */
export function workToWeight(work: bigint): number {
  if (work <= 1n) return 0;
  const nearest = Number(work);
  return Number.isFinite(nearest) ? logarithmOfTwo(nearest) : nearest;
}

function finitePower(exponent: number): number {
  const power = Number.isFinite(exponent) ? powerOfTwo(exponent) : Number.NaN;
  if (Number.isFinite(power)) return power;
  throw new CodecError('INVALID_VALUE', `2^${exponent} is not a finite double`, {
    field: 'weight',
  });
}
