import { VOLLEY_FIGURES, VolleyMeasurement } from '../../run/volley-measurement.js';
import type { Scenario, ScenarioCase } from '../scenario.js';
import { BLOCK_STAMP } from './block.js';

const { lastP50, lastP99, lastMax, cpuPerDelivery, generator } = VOLLEY_FIGURES;

export const basaltAnnounce: Scenario = {
  name: 'basalt-announce',
  description:
    'A block every 50 ms on `/ws/blocks`: time from publication until the last of all clients has it. 200 ms are allowed.',
  subjects: [
    { name: 'sluice', module: new URL('./sluice.server.js', import.meta.url) },
    { name: 'ws, loop', module: new URL('./ws.server.js', import.meta.url) },
  ],
  figures: [lastP50, lastP99, lastMax, cpuPerDelivery, generator],
  cases: ({ size }) => [announceCase(size === 'quick' ? 30 : 1000)],
};

function announceCase(clients: number): ScenarioCase {
  return {
    label: `${clients.toLocaleString('en')} clients`,
    open: (subject) =>
      VolleyMeasurement.open(subject, {
        parameters: undefined,
        audience: { clients, stamp: BLOCK_STAMP },
        receivers: clients,
        paced: { perTurn: 1, everyMs: 50 },
      }),
  };
}
