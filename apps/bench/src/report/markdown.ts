import type { CaseResult, ScenarioResult } from '../run/run-scenario.js';
import type { Figure } from '../scenarios/scenario.js';
import { pairedRatio, spread } from '../statistics/statistics.js';
import { table } from './table.js';

type Measured = CaseResult['subjects'][number];

/** A table of medians over the rounds; compared figures are followed by the ratio to the first subject and its range. */
export function scenarioSection(result: ScenarioResult): string {
  const { name, description, figures, cases, absent } = result;
  const [first] = cases[0]?.subjects ?? [];
  const titles = figures.flatMap(({ title, compared }) =>
    compared ? [title, `÷ ${first?.name ?? ''}`] : [title],
  );
  const rows = cases.flatMap(({ label, subjects }) =>
    subjects.map((subject) => [
      label,
      subject.name,
      ...figures.flatMap((figure) => cells(figure, subject, subjects[0])),
    ]),
  );
  const numeric = [false, false, ...titles.map(() => true)];
  const left = absent.map(({ name, why }) => `Without ${name}: ${why}.\n\n`);
  return `## ${name}\n\n${description}\n\n${left.join('')}${table(['case', 'server', ...titles], rows, numeric)}\n`;
}

function cells(figure: Figure, subject: Measured, base: Measured | undefined): string[] {
  const values = valuesOf(subject, figure);
  // Not every server can be asked for everything.
  if (values.every(Number.isNaN)) return figure.compared ? ['', ''] : [''];
  const { median } = spread(values);
  const mark = figure.limit !== undefined && median > figure.limit ? ' (limit)' : '';
  const shown = decimal(median, figure.digits ?? 0) + mark;
  if (!figure.compared) return [shown];
  if (base === undefined || base === subject) return [shown, '1'];
  const ratio = pairedRatio(values, valuesOf(base, figure));
  return [shown, `**${factor(ratio.median)}** (${factor(ratio.min)}–${factor(ratio.max)})`];
}

const valuesOf = ({ samples }: Measured, { key }: Figure): number[] =>
  samples.map((sample) => sample[key] ?? NaN);

const decimal = (value: number, digits: number): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A number with about three digits. */
export const factor = (value: number): string =>
  decimal(value, value < 10 ? 2 : value < 100 ? 1 : 0);
