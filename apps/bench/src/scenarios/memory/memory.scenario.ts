import { NEST, SLUICE, WS } from '../../broadcast/broadcast-subjects.js';
import type { BroadcastParameters } from '../../broadcast/quote.js';
import { GROWTH_FIGURES, GrowthMeasurement } from '../../run/growth-measurement.js';
import { subscribeRequests, type NanoParameters } from '../nano-filters/nano-accounts.js';
import { CONFIRMATION_STAMP } from '../nano-filters/nano-block.js';
import { nanoFilters } from '../nano-filters/nano-filters.scenario.js';
import type { Scenario, ScenarioCase } from '../scenario.js';

export const memory: Scenario = {
  name: 'memory',
  description:
    'What a server keeps for each subscription, filter key and client that has stopped reading, after a collection. A connection ' +
    'is in `connections`. New processes in each round.',
  subjects: [SLUICE, WS, NEST],
  figures: GROWTH_FIGURES,
  fresh: true,
  cases: ({ size }) =>
    size === 'quick'
      ? [keysCase(50, 0), keysCase(50, 20), slowCase(3, 100)]
      : [keysCase(5000, 0), keysCase(5000, 20), slowCase(100, 2500)],
};

const SUBSCRIBE = { action: 'subscribe', topic: 'confirmation', ack: true };

/** Clients of Nano's socket that are connected, and then subscribe. */
function keysCase(subscribers: number, accountsEach: number): ScenarioCase {
  const parameters: NanoParameters = { subscribers, accountsEach, receivers: 1 };
  const [sluice, ws] = nanoFilters.subjects;
  return {
    label: accountsEach === 0 ? 'subscription' : `filter key, ${accountsEach} for each client`,
    // The peer has nothing but filters.
    subjects: accountsEach === 0 || ws === undefined ? [sluice] : [sluice, ws],
    open: (subject) =>
      GrowthMeasurement.open(subject, {
        parameters,
        prepare: (rig, url) =>
          rig.load.call('connect', { url, clients: subscribers, stamp: CONFIRMATION_STAMP }),
        grow: (rig) =>
          rig.load.call(
            'greet',
            accountsEach === 0 ? [JSON.stringify(SUBSCRIBE)] : subscribeRequests(parameters),
          ),
        things: subscribers * Math.max(1, accountsEach),
      }),
  };
}

/** Clients that do not read what they are sent: more than the kernel takes. */
function slowCase(clients: number, events: number): ScenarioCase {
  const parameters: BroadcastParameters = { bytes: 2000 };
  return {
    label: slowLabel(clients),
    open: (subject) =>
      GrowthMeasurement.open(subject, {
        parameters,
        prepare: (rig, url) => rig.load.call('bystanders', { url, clients, stalled: true }),
        grow: (rig) => rig.server.call('publish', { events, perTurn: 50, everyMs: 0, first: 1 }),
        things: clients,
      }),
  };
}

export const slowLabel = (clients: number): string => `stalled client, ${clients} of them`;
