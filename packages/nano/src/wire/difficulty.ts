import { TWO_TO_64, unsigned64 } from './unsigned64.js';
import type { U64 } from './unsigned64.js';

/**
 * How many times as much work `difficulty` costs as `base` does: (2^64 - base) / (2^64 - difficulty), in double precision as the node
 * computes it (contract 6.5).
 *
 * @throws WireError for anything that is not an unsigned number of 64 bits.
 */
export function multiplierOf(difficulty: U64, base: U64): number {
  return (
    Number(TWO_TO_64 - unsigned64(base, 'base')) /
    Number(TWO_TO_64 - unsigned64(difficulty, 'difficulty'))
  );
}

/** {@link multiplierOf} as the wire writes it: fixed notation, 15 digits after the point (contract 3.1). */
export function multiplierText(difficulty: U64, base: U64): string {
  const multiplier = multiplierOf(difficulty, base);
  // A tie at the 15th digit goes to the even one in the node's C library, and upwards in JavaScript. Numbers with 16 binary
  // places are the only ones with exactly 16 decimal places.
  const tie = multiplier.toFixed(16);
  const isTie = Number.isInteger(multiplier * 2 ** 16) && tie.endsWith('5');
  return isTie && Number(tie.at(-2)) % 2 === 0 ? tie.slice(0, -1) : multiplier.toFixed(15);
}
