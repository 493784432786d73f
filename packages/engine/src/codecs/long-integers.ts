/**
 * Reads JSON whose integers may be beyond 2^53. They are set aside before the engine's own parser does its work and put in
 * their places afterwards: a parser in JavaScript takes a hundred times as long for long texts, in which nobody else is
 * served.
 */
import { randomUUID } from 'node:crypto';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** Shorter ones are exact as numbers. */
const LONG = 16;

/** What may come behind the digits of a number that is no integer. */
const FRACTION = /[\d.eE+-]*/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * @param maxDigits most digits of an integer.
 * @throws SyntaxError if the text is not JSON, or an integer has more digits.
 */
export function parseLongIntegers(text: string, maxDigits: number): unknown {
  const integers: bigint[] = [];
  // Nobody can guess it, escaped or not, so that it stands for nothing else.
  const mark = randomUUID();
  let rest = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    if (!isDigit(code)) continue;
    const end = endOfDigits(text, at);
    const next = text.charCodeAt(end);
    const start = text.charCodeAt(at - 1) === MINUS ? at - 1 : at;
    if (next === POINT || (next | 0x20) === 0x65) {
      at = skip(FRACTION, text, end) - 1;
      continue;
    }
    const digits = end - at;
    at = end - 1;
    if (!isLong(text, start, end)) continue;
    if (digits > maxDigits) throw new SyntaxError(`An integer has ${digits} digits`);
    rest += `${text.slice(from, start)}"${mark}${integers.length}"`;
    integers.push(BigInt(text.slice(start, end)));
    from = end;
  }
  if (integers.length === 0) return JSON.parse(text);
  const root = { value: JSON.parse(rest + text.slice(from)) as unknown };
  putBack(root, mark, integers);
  return root.value;
}

/** In place: a reviver would be called for every value there is, most of which are none of these. */
function putBack(container: object, mark: string, integers: readonly bigint[]): void {
  const members = container as Record<string | number, unknown>;
  const visit = (key: string | number): void => {
    const value = members[key];
    if (typeof value === 'object' && value !== null) {
      putBack(value, mark, integers);
    } else if (typeof value === 'string' && value.startsWith(mark)) {
      // A member of its own, also where its name is `__proto__`.
      members[key] = integers[Number(value.slice(mark.length))];
    }
  };
  if (!Array.isArray(container)) Object.keys(container).forEach(visit);
  else for (let index = 0; index < container.length; index++) visit(index);
}

/** Whether an integer cannot be a number. What would be no JSON stays as it is, for the parser to find. */
function isLong(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length < LONG) return false;
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  if (text.charCodeAt(first) === ZERO) return false;
  if (length <= LONG + 1 && Number.isSafeInteger(Number(text.slice(start, end)))) return false;
  return text.charCodeAt(end) === COMMA || text.charCodeAt(skip(SPACE, text, end)) !== COLON;
}

/** Where the closing quote is, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Where a sticky pattern that fits anything ends. */
function skip(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  pattern.test(text);
  return pattern.lastIndex;
}
