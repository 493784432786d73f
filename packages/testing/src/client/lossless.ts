import { isInteger, parse, stringify } from 'lossless-json';

/** Integers that a double cannot hold become bigint; everything else is a number, as with `JSON`. */
function readNumber(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) || !isInteger(digits) ? value : BigInt(digits);
}

/** JSON text to value; integers beyond 2^53 are bigint and keep every digit. */
export function readJson(text: string): unknown {
  return parse(text, undefined, readNumber);
}

/** Value to JSON text; bigint is written as a number. */
export function writeJson(value: object): string {
  const text = stringify(value);
  if (text === undefined) throw new TypeError('this value has no JSON form');
  return text;
}
