import { PerformMeasurement } from '../../run/perform-measurement.js';
import { StreamMeasurement, STREAM_FIGURES } from '../../run/stream-measurement.js';
import type { Scenario, ScenarioCase, Subject } from '../scenario.js';
import { eventsOf, type ReplayParameters } from './vertices.js';

const server = (name: string): URL => new URL(`./${name}.server.js`, import.meta.url);

export const SLUICE_LMDB: Subject = { name: 'sluice, LMDB log', module: server('sluice-lmdb') };
export const SLUICE_MEMORY: Subject = {
  name: 'sluice, memory log',
  module: server('sluice-memory'),
};
export const WS_LMDB: Subject = {
  name: 'ws: read LMDB, parse, stringify',
  module: server('ws-lmdb'),
};
/** The same server as the first, asked for pages by nobody but itself. */
export const PAGES: Subject = { ...SLUICE_LMDB, name: 'the same pages, no socket' };

export const replay: Scenario = {
  name: 'replay',
  description:
    "Hathor's `/event_ws` from its first event on; clients acknowledge each full window. Events of about 1.5 KB.",
  subjects: [SLUICE_LMDB, SLUICE_MEMORY, WS_LMDB, PAGES],
  figures: STREAM_FIGURES,
  cases: ({ size }) =>
    size === 'quick'
      ? [replayCase(1, 2, 50), replayCase(1000, 1, 2500)]
      : [
          replayCase(1000, 1, 50_000),
          replayCase(1000, 10, 20_000),
          replayCase(1000, 100, 2000),
          replayCase(10, 1, 10_000),
          replayCase(10, 10, 2000),
          replayCase(10, 100, 200),
          replayCase(1, 1, 2000),
          replayCase(1, 10, 500),
          replayCase(1, 100, 50),
        ],
};

export function replayCase(window: number, clients: number, vertices: number): ScenarioCase {
  const parameters: ReplayParameters = { vertices };
  const events = eventsOf(parameters);
  return {
    label: replayLabel(window, clients),
    // What it costs to read pages does not depend on windows and clients.
    subjects:
      window === 1000 && clients === 1 ? replay.subjects : [SLUICE_LMDB, SLUICE_MEMORY, WS_LMDB],
    open: (subject) =>
      subject === PAGES
        ? PerformMeasurement.open(subject, parameters, events)
        : StreamMeasurement.open(subject, { parameters, window, clients, events }),
  };
}

export function replayLabel(window: number, clients: number): string {
  const readers = clients === 1 ? '1 client' : `${clients} clients`;
  return `window ${window.toLocaleString('en')}, ${readers}`;
}
