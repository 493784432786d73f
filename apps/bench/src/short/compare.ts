import { factor } from '../report/markdown.js';
import type { CaseResult } from '../run/run-scenario.js';
import { pairedRatio } from '../statistics/statistics.js';

/** What came of a comparison. */
export interface Outcome {
  readonly passed: boolean;
  /** Median and range. */
  readonly ratio: string;
}

/**
 * Divides the second server's figure by the first's, round by round.
 *
 * @param least what the median must reach.
 */
export function compare(measured: CaseResult | undefined, figure: string, least: number): Outcome {
  const [base = [], values = []] = (measured?.subjects ?? []).map(({ samples }) =>
    samples.map((sample) => sample[figure] ?? NaN),
  );
  const { median, min, max } = pairedRatio(values, base);
  return { passed: median >= least, ratio: `${factor(median)} (${factor(min)}–${factor(max)})` };
}
