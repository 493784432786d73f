import { VOLLEY_FIGURES, VolleyMeasurement } from '../../run/volley-measurement.js';
import type { Scenario, ScenarioCase } from '../scenario.js';
import { QUOTE_STAMP, type FanOutParameters } from './quote.js';

const { perSecond, cpuPerDelivery, p50, p99, generator } = VOLLEY_FIGURES;

/** Messages per second, to all clients together, that every server keeps up with. */
const PACE = 20_000;

export const fanOut: Scenario = {
  name: 'fan-out',
  description:
    'One JSON topic to every client: single events and bursts in one turn, flat out; latency (p50, p99) at ' +
    `${PACE.toLocaleString('en')} messages/s.`,
  subjects: [
    { name: 'sluice', module: new URL('./sluice.server.js', import.meta.url) },
    { name: 'Nest WsAdapter, loop', module: new URL('./nest.server.js', import.meta.url) },
    { name: 'ws, loop', module: new URL('./ws.server.js', import.meta.url) },
  ],
  figures: [perSecond, cpuPerDelivery, p50, p99, generator],
  cases: ({ quick }) =>
    quick
      ? [fanOutCase(20, 1, 300), fanOutCase(20, 10, 300)]
      : [
          fanOutCase(1000, 1, 300),
          fanOutCase(1000, 50, 300),
          fanOutCase(1000, 1, 2000),
          fanOutCase(1000, 50, 2000),
          fanOutCase(5000, 1, 300),
          fanOutCase(5000, 50, 300),
        ],
};

function fanOutCase(clients: number, perTurn: number, bytes: number): ScenarioCase {
  const parameters: FanOutParameters = { bytes };
  const kind = perTurn === 1 ? 'singles' : `bursts of ${perTurn}`;
  return {
    label: `${clients.toLocaleString('en')} clients, ${kind}, ${bytes} B`,
    open: (subject) =>
      VolleyMeasurement.open(subject, {
        parameters,
        audience: { clients, stamp: QUOTE_STAMP },
        receivers: clients,
        flood: { events: 50, perTurn },
        paced: { perTurn, everyMs: (clients * perTurn * 1000) / PACE },
      }),
  };
}
