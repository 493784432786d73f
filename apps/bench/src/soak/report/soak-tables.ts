/** A soak as tables, for the terminal and for a Markdown page alike. */
import { describeMachine } from '../../report/machine.js';
import { table } from '../../report/table.js';
import type { Accusation, EndpointFigures, SoakResult } from '../run/soak-result.js';

const SHOWN_ACCUSATIONS = 10;
const NUMERIC = [false, true, true, true, true, true, true, true, true];

/** Everything but the curves. */
export function soakTables(result: SoakResult): string {
  const { settings, machine, chains, verdicts, accusations } = result;
  const { minutes, clients, seed, rate, interrupted } = settings;
  const head =
    `${String(clients)} clients for ${minutes.toFixed(1)} minutes${interrupted ? ' (interrupted)' : ''}, seed ${String(seed)}, ` +
    `rate ${String(rate)}: ${grouped(chains.done)} actions, ${grouped(chains.published)} events. ${describeMachine(machine)}.`;
  const judged = verdicts.map(({ name, passed, text }) => [name, passed ? 'yes' : '**NO**', text]);
  return [
    head,
    table(
      [
        'endpoint',
        'clients',
        'connections',
        'messages',
        'slow, ended',
        'p50 ms',
        'p95 ms',
        'p99 ms',
        'max ms',
      ],
      result.endpoints.map(row),
      NUMERIC,
    ),
    table(['what must hold', 'held', ''], judged),
    ...(accusations.length === 0
      ? []
      : [accusations.slice(0, SHOWN_ACCUSATIONS).map(accusationLine).join('\n')]),
  ].join('\n\n');
}

function row({
  endpoint,
  clients,
  connections,
  messages,
  ended,
  latency,
}: EndpointFigures): readonly string[] {
  const times = [latency?.p50, latency?.p95, latency?.p99, latency?.max];
  return [
    endpoint,
    ...[clients, connections, messages, ended].map(grouped),
    ...times.map((ms) => (ms === undefined ? '–' : ms.toFixed(1))),
  ];
}

/** One line for one fault. */
export function accusationLine({ client, fault, minute }: Accusation): string {
  const { behaviour, endpoint, number } = client;
  return `- ${minute.toFixed(2)} min, client ${String(number)} (${behaviour}, ${endpoint}): ${fault.kind}; expected ${fault.expected}, got ${fault.got}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-GB');
}
