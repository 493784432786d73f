import { VOLLEY_FIGURES, VolleyMeasurement } from '../../run/volley-measurement.js';
import type { Scenario, ScenarioCase } from '../scenario.js';
import { subscribeRequests, type NanoParameters } from './nano-accounts.js';
import { CONFIRMATION_STAMP } from './nano-block.js';

const { eventsPerSecond, cpuPerEvent, p50, p99, generator } = VOLLEY_FIGURES;

export const nanoFilters: Scenario = {
  name: 'nano-filters',
  description:
    "Nano's confirmation topic, each client with a filter of 20 accounts: confirmed blocks that concern some of the clients, " +
    'one per turn, flat out; latency (p50, p99) at 50 events/s.',
  subjects: [
    { name: 'sluice', module: new URL('./sluice.server.js', import.meta.url) },
    { name: 'ws, a Set per client', module: new URL('./ws.server.js', import.meta.url) },
  ],
  figures: [eventsPerSecond, cpuPerEvent, p50, p99, generator],
  cases: ({ size }) =>
    size === 'quick'
      ? [nanoCase({ subscribers: 40, accountsEach: 20, receivers: 2 })]
      : [
          nanoCase({ subscribers: 1000, accountsEach: 20, receivers: 1 }),
          nanoCase({ subscribers: 10_000, accountsEach: 20, receivers: 1 }),
          nanoCase({ subscribers: 10_000, accountsEach: 20, receivers: 100 }),
        ],
};

function nanoCase(parameters: NanoParameters): ScenarioCase {
  const { subscribers: clients, receivers } = parameters;
  return {
    label: `${clients.toLocaleString('en')} clients, ${receivers} concerned`,
    open: (subject) =>
      VolleyMeasurement.open(subject, {
        parameters,
        audience: { clients, greetings: subscribeRequests(parameters), stamp: CONFIRMATION_STAMP },
        receivers,
        flood: { events: 200, perTurn: 1 },
        paced: { perTurn: 1, everyMs: 20 },
      }),
  };
}
