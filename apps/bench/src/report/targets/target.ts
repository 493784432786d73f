import { factor } from '../markdown.js';
import type { Measured } from '../measured.js';

/** One thing to reach. */
export interface Target {
  readonly what: string;
  /** `at least` or `at most` so much. */
  readonly bound: readonly ['≥' | '<' | '≤', number];
  readonly unit: string;
  /** Undefined where it was not measured. */
  readonly value: (measured: Measured) => number | undefined;
}

/** A target and what came of it. */
export interface Verdict {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly status: 'met' | 'missed' | 'not measured';
}

export function judge(target: Target, measured: Measured): Verdict {
  const { what, unit, value } = target;
  const [relation, bound] = target.bound;
  const found = value(measured);
  const verdict = { what, target: `${relation} ${bound}${unit}` };
  if (found === undefined) return { ...verdict, measured: '', status: 'not measured' };
  const met = relation === '≥' ? found >= bound : relation === '<' ? found < bound : found <= bound;
  return { ...verdict, measured: `${factor(found)}${unit}`, status: met ? 'met' : 'missed' };
}

/** Differences and quotients of what may not have been measured. */
export const difference = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b;

export const quotient = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a / b;
