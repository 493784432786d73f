import { parseJson, stringifyJson } from '@sluice/engine';
import { isDeepStrictEqual } from 'node:util';
import { Mismatch } from './outcomes.js';
import type { Shape } from './shape.js';

const MOST_SHOWN = 1000;

/** A value as it would look on the wire, cut if it is long. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : stringifyJson(value);
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}

/** @throws Mismatch unless both are deeply equal. @param what names the value. */
export function expectSame(seen: unknown, wanted: unknown, what: string): void {
  if (isDeepStrictEqual(seen, wanted)) return;
  throw new Mismatch(`${what}: ${show(wanted)}`, show(seen));
}

/** @throws Mismatch unless it holds. @param seen what was there instead; default: that it does not hold. */
export function expectThat(holds: boolean, what: string, seen: unknown = 'not so'): asserts holds {
  if (!holds) throw new Mismatch(what, typeof seen === 'string' ? seen : show(seen));
}

/** @throws Mismatch unless the value has the shape. @param what names the value. */
export function expectShape(value: unknown, shape: Shape, what: string): void {
  const fault = shape(value, what);
  if (fault === undefined) return;
  throw new Mismatch(`${fault.at}: ${fault.expected}`, show(fault.seen));
}

/** Reads a message. @throws Mismatch unless it is JSON. */
export function readJson<T = unknown>(text: string): T {
  try {
    return parseJson(text) as T;
  } catch {
    throw new Mismatch('a JSON message', text);
  }
}

/** @throws Mismatch unless the text is JSON without spaces, line breaks, exponents and needless escapes. */
export function expectCompact(text: string): void {
  expectSame(text, stringifyJson(readJson(text)), 'compact JSON');
}
