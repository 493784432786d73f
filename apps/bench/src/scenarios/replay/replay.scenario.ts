import { StreamMeasurement, STREAM_FIGURES } from '../../run/stream-measurement.js';
import type { Scenario, ScenarioCase } from '../scenario.js';
import { eventsOf, type ReplayParameters } from './vertices.js';

const server = (name: string): URL => new URL(`./${name}.server.js`, import.meta.url);

export const replay: Scenario = {
  name: 'replay',
  description:
    "Hathor's `/event_ws` from its first event on; clients acknowledge each full window. Events of about 1.5 KB.",
  subjects: [
    { name: 'sluice, LMDB log', module: server('sluice-lmdb') },
    { name: 'sluice, memory log', module: server('sluice-memory') },
    { name: 'ws, objects in LMDB', module: server('ws-lmdb') },
    { name: 'ws, objects in memory', module: server('ws-memory') },
  ],
  figures: STREAM_FIGURES,
  cases: ({ quick }) =>
    quick
      ? [replayCase(1, 1, 50), replayCase(1000, 2, 2500)]
      : [
          replayCase(1, 1, 2000),
          replayCase(1000, 1, 50_000),
          replayCase(1, 10, 1000),
          replayCase(1000, 10, 10_000),
        ],
};

function replayCase(window: number, clients: number, vertices: number): ScenarioCase {
  const parameters: ReplayParameters = { vertices };
  const readers = clients === 1 ? '1 client' : `${clients} clients`;
  return {
    label: `window ${window.toLocaleString('en')}, ${readers}`,
    open: (subject) =>
      StreamMeasurement.open(subject, {
        parameters,
        window,
        clients,
        events: eventsOf(parameters),
      }),
  };
}
