import * as servers from '../../broadcast/broadcast-subjects.js';
import { QUOTE_STAMP, type BroadcastParameters } from '../../broadcast/quote.js';
import { VOLLEY_FIGURES, VolleyMeasurement } from '../../run/volley-measurement.js';
import type { Scenario, ScenarioCase, Subject } from '../scenario.js';

const { perSecond, cpuPerDelivery, generator } = VOLLEY_FIGURES;
const { SLUICE, NEST, WS, BUN, NET } = servers;

export const fanOut: Scenario = {
  name: 'fan-out',
  description:
    'One topic to every client: single events, or bursts in one turn, and the next when everybody has the last.',
  subjects: [
    SLUICE,
    NEST,
    servers.NEST_OBSERVABLE,
    servers.SOCKET_IO,
    WS,
    servers.WS_BUFFER,
    servers.WS_PREPARED,
    BUN,
    servers.NATS,
    servers.MOSQUITTO,
    NET,
  ],
  figures: [perSecond, cpuPerDelivery, generator],
  cases: ({ size }) =>
    size === 'quick'
      ? [fanOutCase(20, 1, 300), fanOutCase(20, 10, 300)]
      : [
          ...casesFor(1000, undefined),
          ...casesFor(100, [SLUICE, NEST, WS, BUN, NET]),
          ...casesFor(5000, [SLUICE, NEST, WS, BUN, NET]),
        ],
};

const casesFor = (clients: number, subjects: readonly Subject[] | undefined): ScenarioCase[] =>
  [1, 50].flatMap((perTurn) =>
    [300, 2000].map((bytes) => ({
      ...fanOutCase(clients, perTurn, bytes),
      ...(subjects && { subjects }),
    })),
  );

/** @param perTurn events published in one turn of the event loop. */
export function fanOutCase(clients: number, perTurn: number, bytes: number): ScenarioCase {
  const parameters: BroadcastParameters = { bytes };
  return {
    label: fanOutLabel(clients, perTurn, bytes),
    open: (subject) =>
      VolleyMeasurement.open(subject, {
        parameters,
        audience: { clients, stamp: QUOTE_STAMP },
        receivers: clients,
        flood: { perTurn, events: perTurn },
      }),
  };
}

export function fanOutLabel(clients: number, perTurn: number, bytes: number): string {
  const kind = perTurn === 1 ? 'singles' : `bursts of ${perTurn}`;
  return `${clients.toLocaleString('en')} clients, ${kind}, ${bytes} B`;
}
