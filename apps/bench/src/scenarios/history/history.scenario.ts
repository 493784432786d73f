import { StreamMeasurement, STREAM_FIGURES } from '../../run/stream-measurement.js';
import type { Scenario, ScenarioCase } from '../scenario.js';
import { historyAddresses, messagesOf, type HistoryParameters } from './history-vertices.js';

const server = (name: string): URL => new URL(`./${name}.server.js`, import.meta.url);

export const history: Scenario = {
  name: 'history',
  description:
    "Histories of 10 addresses streamed on Hathor's wallet socket; clients acknowledge each full window. Vertices of about 1 KB " +
    'that the chain makes when they are asked for.',
  subjects: [
    { name: 'sluice', module: server('sluice') },
    { name: 'ws: stringify, send', module: server('ws') },
  ],
  figures: STREAM_FIGURES,
  cases: ({ size }) =>
    size === 'quick'
      ? [historyCase(10, 2, { addresses: 2, vertices: 20 })]
      : [
          historyCase(1000, 1, { addresses: 10, vertices: 1000 }),
          historyCase(1000, 10, { addresses: 10, vertices: 200 }),
          historyCase(10, 1, { addresses: 10, vertices: 200 }),
        ],
};

function historyCase(window: number, clients: number, parameters: HistoryParameters): ScenarioCase {
  const readers = clients === 1 ? '1 client' : `${clients} clients`;
  return {
    label: `window ${window.toLocaleString('en')}, ${readers}`,
    open: (subject) =>
      StreamMeasurement.open(subject, {
        parameters,
        window,
        clients,
        addresses: historyAddresses(parameters),
        events: messagesOf(parameters),
      }),
  };
}
