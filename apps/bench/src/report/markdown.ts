import type { CaseResult, ScenarioResult } from '../run/run-scenario.js';
import type { Figure } from '../scenarios/scenario.js';
import { pairedRatio, spread } from '../statistics/statistics.js';

type Measured = CaseResult['subjects'][number];

/** A table of medians over the rounds; compared figures are followed by the ratio to the first subject and its range. */
export function markdownTable({ name, description, figures, cases }: ScenarioResult): string {
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
  return [
    `## ${name}`,
    '',
    description,
    '',
    line(['case', 'server', ...titles]),
    line(['---', '---', ...titles.map(() => '--:')]),
    ...rows.map(line),
    '',
  ].join('\n');
}

function cells(figure: Figure, subject: Measured, base: Measured | undefined): string[] {
  const values = valuesOf(subject, figure);
  const { median } = spread(values);
  const shown = number(median, figure.digits ?? 0);
  if (!figure.compared) return [shown];
  if (base === undefined || base === subject) return [shown, '1'];
  const ratio = pairedRatio(values, valuesOf(base, figure));
  return [shown, `**${factor(ratio.median)}** (${factor(ratio.min)}–${factor(ratio.max)})`];
}

const valuesOf = ({ samples }: Measured, { key }: Figure): number[] =>
  samples.map((sample) => sample[key] ?? NaN);

const number = (value: number, digits: number): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const factor = (value: number): string => number(value, value < 10 ? 2 : value < 100 ? 1 : 0);

const line = (columns: readonly string[]): string => `| ${columns.join(' | ')} |`;
