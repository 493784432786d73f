import { StreamMeasurement, STREAM_FIGURES } from '../../run/stream-measurement.js';
import { replayLabel, SLUICE_LMDB, SLUICE_MEMORY } from '../replay/replay.scenario.js';
import { eventsOf, type ReplayParameters } from '../replay/vertices.js';
import type { Scenario, ScenarioCase } from '../scenario.js';

const parameters: ReplayParameters = { vertices: 0 };

/** Events published in one turn, as a node does that takes in a block. */
const PER_TURN = 20;

export const replayLive: Scenario = {
  name: 'replay-live',
  description:
    "Hathor's `/event_ws` while events are published, checked, stored and sent, " +
    `${PER_TURN} in each turn; clients acknowledge each full window.`,
  subjects: [
    SLUICE_LMDB,
    SLUICE_MEMORY,
    { name: 'ws, objects in memory', module: new URL('./ws.server.js', import.meta.url) },
  ],
  figures: STREAM_FIGURES,
  cases: ({ size }) =>
    size === 'quick'
      ? [liveCase(10, 2, 40)]
      : [
          liveCase(1000, 1, 5000),
          liveCase(1000, 10, 2000),
          liveCase(1000, 100, 400),
          liveCase(10, 1, 2000),
          liveCase(10, 10, 1000),
          liveCase(10, 100, 100),
          liveCase(1, 1, 1000),
          liveCase(1, 10, 200),
          liveCase(1, 100, 40),
        ],
};

function liveCase(window: number, clients: number, events: number): ScenarioCase {
  const live = { stored: eventsOf(parameters), volley: { perTurn: PER_TURN, everyMs: 0 } };
  return {
    label: replayLabel(window, clients),
    open: (subject) =>
      StreamMeasurement.open(subject, { parameters, window, clients, events, live }),
  };
}
