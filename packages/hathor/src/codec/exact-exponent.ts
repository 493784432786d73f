/**
 * 2^x and log2(x), correctly rounded. `**` and `Math.log2` may be a unit in the last place off (V8's `**` is for
 * every tenth exponent), which gives a wrong target and, from weight 53 up, a wrong integer of work.
 * Both are computed in fixed point with 128 fractional bits, some microseconds each.
 */
const BITS = 128n;
const ONE = 1n << BITS;
const SCALE = 2 ** 128;
/** The natural logarithm of 2. */
const LN2 = 0xb172_17f7_d1cf_79ab_c9e3_b398_03f2_f6afn;

/** The double nearest to 2^x. */
export function powerOfTwo(x: number): number {
  const integer = Math.floor(x);
  return (Number(fixedPowerOfTwo(x - integer)) / SCALE) * 2 ** integer;
}

/** The double nearest to log2(x), for finite x >= 1. */
export function logarithmOfTwo(x: number): number {
  const guess = Math.log2(x);
  const integer = Math.floor(guess);
  const power = fixedPowerOfTwo(guess - integer) << BigInt(integer);
  // x = 2^guess * (1 + ratio) with a ratio near 2^-52, so the next term of the series is far below a bit.
  const ratio = (BigInt(x) << (2n * BITS)) / power - ONE;
  const correction = (ratio << BITS) / LN2;
  return Number(toFixed(guess) + correction) / SCALE;
}

/** 2^fraction as fixed point, for a fraction in 0 … 1: the series of e^y. */
function fixedPowerOfTwo(fraction: number): bigint {
  const y = (toFixed(fraction) * LN2) >> BITS;
  let sum = ONE;
  for (let k = 1n, term = ONE; term > 0n; k++) {
    term = ((term * y) >> BITS) / k;
    sum += term;
  }
  return sum;
}

function toFixed(x: number): bigint {
  return BigInt(Math.floor(x * SCALE));
}
