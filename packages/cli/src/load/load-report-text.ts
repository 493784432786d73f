import type { ClientDialect } from '../dialects/client-dialect.js';
import { printable } from '../terminal/printable.js';
import type { DurationFigures } from './durations.js';
import type { LoadFigures, LoadReport } from './load-figures.js';

/** The report for people. */
export function reportText(
  { isSequenced }: ClientDialect,
  report: LoadReport,
  { findings, compared }: LoadFigures,
): string {
  const { clients, perClient } = report;
  const numbered =
    isSequenced || !findings.isEmpty
      ? String(findings)
      : 'the protocol does not tell whether one is missing';
  const rows: readonly (readonly [string, string | undefined])[] = [
    [
      'clients',
      `${String(clients.connected)} of ${String(clients.asked)} connected, ` +
        `${String(clients.refused)} refused, ${String(clients.lost)} lost`,
    ],
    [
      'messages',
      `${String(report.messages)} in ${report.seconds.toFixed(1)} s, ` +
        `${report.messagesPerSecond.toFixed(0)}/s, ${(report.bytesPerSecond / 1e6).toFixed(2)} MB/s; ` +
        `${String(perClient.least)} to ${String(perClient.most)} per client`,
    ],
    ['round trip', durations(report.roundTripMs)],
    ['age', durations(report.ageMs)],
    ['spread', durations(report.spreadMs)],
    ['by number', numbered],
    ['by comparison', String(compared)],
    ['complaints', report.complaints === 0 ? undefined : String(report.complaints)],
  ];
  const lines = rows.flatMap(([name, text]) =>
    text === undefined ? [] : `${name.padEnd(14)} ${text}`,
  );
  return [...lines, ...report.notes.map((note) => `- ${printable(note)}`)].join('\n');
}

function durations(figures: DurationFigures | null): string | undefined {
  if (figures === null) return undefined;
  const { count, p50, p90, p99, max } = figures;
  const shown = Object.entries({ p50, p90, p99, max }).map(
    ([name, ms]) => `${name} ${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`,
  );
  return `${shown.join(', ')} (${String(count)})`;
}
