import * as servers from '../../broadcast/broadcast-subjects.js';
import { QUOTE_STAMP, type BroadcastParameters } from '../../broadcast/quote.js';
import { VOLLEY_FIGURES, VolleyMeasurement } from '../../run/volley-measurement.js';
import type { Scenario, ScenarioCase } from '../scenario.js';

const { cpuPerDelivery, p50, p99, behind, generator } = VOLLEY_FIGURES;
const { SLUICE, NEST, WS, BUN, NATS, NET } = servers;

export const latency: Scenario = {
  name: 'latency',
  description:
    'Single events of 300 B at a fixed rate, timed from the moment they were due. `newest event behind`: how late the last event ' +
    'of a measurement reached its last client, which grows without bound where a server cannot keep up.',
  subjects: [SLUICE, NEST, servers.NEST_OBSERVABLE, servers.SOCKET_IO, WS, BUN, NATS, NET],
  figures: [p50, p99, behind, cpuPerDelivery, generator],
  cases: ({ size }) =>
    size === 'quick'
      ? [latencyCase(20, 20)]
      : [
          latencyCase(1000, 20),
          { ...latencyCase(1000, 500), subjects: [SLUICE, NEST, WS, BUN, NATS, NET] },
        ],
};

function latencyCase(clients: number, perSecond: number): ScenarioCase {
  const parameters: BroadcastParameters = { bytes: 300 };
  return {
    label: latencyLabel(clients, perSecond),
    open: (subject) =>
      VolleyMeasurement.open(subject, {
        parameters,
        audience: { clients, stamp: QUOTE_STAMP },
        receivers: clients,
        paced: { perTurn: 1, everyMs: 1000 / perSecond },
      }),
  };
}

export function latencyLabel(clients: number, perSecond: number): string {
  return `${clients.toLocaleString('en')} clients, ${perSecond} events/s`;
}
