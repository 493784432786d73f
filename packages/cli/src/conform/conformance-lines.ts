/** A conformance run as lines for people. */
import type { CheckResult, ConformanceReport } from '@sluice/conformance';
import { printable } from '../terminal/printable.js';
import type { Paint, Style } from '../terminal/styles.js';

const MARKS: Readonly<Record<CheckResult['outcome'], readonly [mark: string, style: Style]>> = {
  pass: ['✓', 'green'],
  fail: ['✗', 'red'],
  skipped: ['-', 'dim'],
};

const SECTION_WIDTH = 18;

/** A line, and below a failure what was expected, what was seen, and what went over the wire. */
export function resultLines(result: CheckResult, paint: Paint): readonly string[] {
  const { ref, endpoint, title, outcome, expected, seen, wire = [], why } = result;
  const [mark, style] = MARKS[outcome];
  const about = [endpoint, why].filter((part) => part !== undefined).join('; ');
  const note = about === '' ? '' : paint('dim', `  (${printable(about)})`);
  const head = `${paint(style, mark)} ${ref.padEnd(SECTION_WIDTH)} ${printable(title)}${note}`;
  if (outcome !== 'fail') return [head];
  return [
    head,
    `    expected  ${printable(expected ?? '')}`,
    `    seen      ${printable(seen ?? '')}`,
    ...wire.map((line) => paint('dim', `    ${printable(line)}`)),
  ];
}

/** The last line. */
export function totalLine(report: ConformanceReport, paint: Paint): string {
  const { passed, failed, skipped, tookMs, dialect, url } = report;
  const counts = [
    paint(passed > 0 ? 'green' : 'dim', `${String(passed)} passed`),
    paint(failed > 0 ? 'red' : 'dim', `${String(failed)} failed`),
    paint('dim', `${String(skipped)} skipped`),
  ];
  return `${counts.join(', ')} in ${(tookMs / 1000).toFixed(1)} s: ${dialect} at ${printable(url)}`;
}
