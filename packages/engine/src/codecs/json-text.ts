/**
 * JSON in which integers keep every digit: beyond 2^53 they are bigints here and plain numbers on the wire. The
 * engine's own JSON does the work wherever it can.
 */
import { stringify } from 'lossless-json';
import { parseLongIntegers } from './long-integers.js';

/**
 * A digit run that may exceed 2^53, where a number can stand: after a bracket, comma, colon, sign or white space, so
 * that hexadecimal strings do not take the slow path. A match is a hint only.
 */
const LONG_INTEGER = /(?:^|[[,:\s-])\d{16}/;

/** Deepest nesting that is accepted. */
const MAX_DEPTH = 500;

/** Most digits of one integer: reading more costs time that grows faster than the text. */
const MAX_DIGITS = 4300;

/**
 * Parses JSON as `JSON.parse` does, duplicate and `__proto__` members included, except that an integer outside ±2^53
 * becomes a bigint. Numbers with a fraction or exponent stay numbers.
 *
 * @throws SyntaxError if the text is not JSON, nests deeper than 500 levels, or has an integer of more than 4300 digits.
 */
export function parseJson(text: string): unknown {
  if (text.length > 2 * MAX_DEPTH) checkDepth(text);
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  return parseLongIntegers(text, MAX_DIGITS);
}

/**
 * Compact JSON as `JSON.stringify` writes it, except that bigints are numbers with all their digits, also where the
 * application has given `BigInt.prototype` a `toJSON`.
 *
 * @throws TypeError if the value has no JSON form (undefined, a function, a symbol) or contains itself.
 */
export function stringifyJson(value: unknown): string {
  const text = stringifyAny(value);
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} has no JSON form`);
  return text;
}

function stringifyAny(value: unknown): string | undefined {
  if ('toJSON' in BigInt.prototype) return stringify(value);
  try {
    return JSON.stringify(value);
  } catch (error) {
    return stringifyWithBigInts(value, error);
  }
}

/** `JSON.stringify` refuses a bigint with a TypeError; it does the same for a cycle, which stays an error. */
function stringifyWithBigInts(value: unknown, refusal: unknown): string | undefined {
  if (!(refusal instanceof TypeError)) throw refusal;
  try {
    return stringify(value);
  } catch (error) {
    throw error instanceof RangeError ? refusal : error;
  }
}

function checkDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // a string: brackets inside do not count
        for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) {
          if (text.charCodeAt(at) === 0x5c) at++;
        }
        break;
      case 0x5b:
      case 0x7b:
        if (++depth > MAX_DEPTH) throw new SyntaxError(`JSON is nested deeper than ${MAX_DEPTH}`);
        break;
      case 0x5d:
      case 0x7d:
        depth--;
        break;
    }
  }
}
